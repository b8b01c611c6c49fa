import { wallTime } from '../calendar/wall-time.ts';
import { type EventTime, plusDays } from '../identity/event-time.ts';
import { startOfDay } from '../ledger/start-of-day.ts';
import type { Policy } from '../policy/policy.ts';
import type { Baseline } from './baseline.ts';

export interface OwnWindow {
  /** First whole day on which the version served; both are wall time of the policy's zone. */
  readonly since: EventTime;
  /** When its first days can be known to the last label. */
  readonly fullAt: EventTime;
}

/**
 * A new version is held against its held-out rows, and only until it has a window of its own: undefined for a baseline of production,
 * which is not provisional.
 */
export function ownWindow({ baseline, labels, timezone }: Policy, { from, takenAt }: Baseline): OwnWindow | undefined {
  if (from === 'production') return undefined;
  const taken = wallTime(takenAt, timezone);
  const midnight = startOfDay(taken);
  const since = midnight < taken ? plusDays(midnight, 1) : midnight;
  return { since, fullAt: plusDays(since, baseline.windowDays + labels.maturesAfterDays) };
}
