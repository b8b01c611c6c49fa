import { traitsOf } from './metric-traits.ts';
import type { Drop, MetricName } from './policy.ts';

export function isWorseWhenLarger(metric: MetricName): boolean {
  return traitsOf(metric).worse === 'larger';
}

/**
 * The value of a metric beyond which it is too much worse than its reference, in the metric's own unit: a mean error of 30 with a
 * drop of 3% relative gives 30.9, an accuracy of 0.9 gives 0.873.
 */
export function levelAfter(metric: MetricName, reference: number, drop: Drop): number {
  const distance = drop.of === 'relative' ? Math.abs(reference) * drop.by : drop.by;
  return isWorseWhenLarger(metric) ? reference + distance : reference - distance;
}
