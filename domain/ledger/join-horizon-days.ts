import type { Policy } from '../policy/policy.ts';

const leastDays = 28;

/**
 * How long predictions and outcomes wait for each other: four times the labels' time to mature, at least 28 days. An outcome that
 * found no prediction by then is an orphan; a prediction that is repeated later is a new one.
 */
export function joinHorizonDays(policy: Policy): number {
  return Math.max(4 * policy.labels.maturesAfterDays, leastDays);
}
