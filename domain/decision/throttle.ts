import { daysBetween, type EventTime, plusDays } from '../identity/event-time.ts';
import type { Policy } from '../policy/policy.ts';

export interface ThrottleState {
  /** When the next attempt is free; at or before `asOf` when it is free now. */
  readonly freeFrom: EventTime;
  readonly lastAttempt: EventTime;
  readonly rule: 'between' | 'attempts';
}

/** When the throttle next lets an attempt through; `undefined` when there was none before. Cost O(attempts). */
export function throttleState(throttle: Policy['retrain']['throttle'], attempts: readonly EventTime[]): ThrottleState | undefined {
  const earlierFirst = [...attempts].sort();
  const lastAttempt = earlierFirst.at(-1);
  if (lastAttempt === undefined) return undefined;

  const afterLast = plusDays(lastAttempt, throttle.betweenDays);
  const oldestCounted = earlierFirst.at(-throttle.attempts.atMost);
  const afterOldest = oldestCounted && plusDays(oldestCounted, throttle.attempts.perDays);
  if (afterOldest !== undefined && daysBetween(afterLast, afterOldest) > 0) return { freeFrom: afterOldest, lastAttempt, rule: 'attempts' };
  return { freeFrom: afterLast, lastAttempt, rule: 'between' };
}
