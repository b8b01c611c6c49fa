import type { EventTime } from '../identity/event-time.ts';
import { lookEveryDays } from '../ledger/look-every-days.ts';
import type { Policy } from '../policy/policy.ts';
import { falseAlarmLevel } from '../report/false-alarm-level.ts';
import type { LifecycleState } from './state.ts';

/** False alarms as people told them, beside what the policy's budget allows in as many checks. */
export interface FalseAlarmRate {
  readonly since: EventTime;
  readonly checks: number;
  /** Episodes that were acknowledged as false; one that nobody has answered is not counted. */
  readonly falseAlarms: number;
  /** How many the budget allows: its part for one look, times the checks. */
  readonly allowed: number;
}

/** Undefined before the first check. Each false episode counts once, however long it lasted: so the budget is meant. */
export function falseAlarmRate({ checks }: LifecycleState, { falseAlarms: budget, schedule }: Policy['watch']): FalseAlarmRate | undefined {
  if (checks === undefined) return undefined;
  const { since, count, falseAlarms } = checks;
  const { look } = falseAlarmLevel(budget, lookEveryDays(schedule));
  return { since, checks: count, falseAlarms, allowed: look * count };
}
