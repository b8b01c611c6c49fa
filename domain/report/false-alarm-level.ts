import type { Policy } from '../policy/policy.ts';

/** Quality, inputs, predictions, performance: each gets an equal part of a look's level. */
const layers = 4;

export interface FalseAlarmLevel {
  /** Chance of any false alarm at this look. */
  readonly look: number;
  /** What an adjusted p-value must not exceed in one layer. */
  readonly layer: number;
}

/**
 * The part of the policy's budget one look may spend: "at most 1 in 90 days" is 1/90 for a daily look, 7/90 for a weekly one.
 * Expected false-alarm episodes are at most the expected number of alarmed looks, so the budget holds whatever looks have in common.
 */
export function falseAlarmLevel({ atMost, perDays }: Policy['watch']['falseAlarms'], lookEveryDays: number): FalseAlarmLevel {
  const look = Math.min(1, (atMost / perDays) * lookEveryDays);
  return { look, layer: look / layers };
}
