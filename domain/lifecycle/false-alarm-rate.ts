import type { EventTime } from '../identity/event-time.ts';
import { lookEveryDays } from '../ledger/look-every-days.ts';
import type { Policy } from '../policy/policy.ts';
import { falseAlarmLevel } from '../report/false-alarm-level.ts';
import type { LifecycleState } from './state.ts';

/** False alarms as people told them, beside what the policy's budget allows in as many checks. */
export interface FalseAlarmRate {
  readonly since: EventTime;
  readonly checks: number;
  /** Alarms that were acknowledged as false; one that nobody has answered is not counted. */
  readonly falseAlarms: number;
  /** Of all checks, 0…1. */
  readonly share: number;
  /** How many the budget allows: its part for one look, times the checks. */
  readonly allowed: number;
}

/** Undefined before the first check. Each check that alarmed counts, so a false alarm that lasts for days counts more than once. */
export function falseAlarmRate({ checks }: LifecycleState, { falseAlarms: budget, schedule }: Policy['watch']): FalseAlarmRate | undefined {
  if (checks === undefined) return undefined;
  const { since, count, falseAlarms } = checks;
  const { look } = falseAlarmLevel(budget, lookEveryDays(schedule));
  return { since, checks: count, falseAlarms, share: falseAlarms / count, allowed: look * count };
}
