import { leaveOneOut } from './leave-one-out.ts';
import type { Interval } from './ratio-interval.ts';
import { tQuantile } from './t-quantile.ts';

/**
 * A statistic of summed days with its interval, by leaving out one day at a time: for statistics that are no mean of daily ones, as an
 * area under a curve, which ranks rows of different days too.
 *
 * SE^2 = (k - 1)/k sum (theta_-d - mean theta_-d)^2, t with k - 1 degrees of freedom.
 *
 * @param add     two days' sums, exactly
 * @param measure the statistic of a sum of days; undefined where it cannot be had
 * @returns undefined with fewer than two days, or where the statistic of all days, or of all but one, cannot be had
 *
 * Cost k + 1 measurements. Source: Efron & Stein, "The jackknife estimate of variance", 1981; Künsch 1989 for blocks.
 */
export function jackknifeInterval<Day>(
  days: readonly Day[],
  add: (one: Day, other: Day) => Day,
  measure: (sum: Day) => number | undefined,
): Interval | undefined {
  const k = days.length;
  const sums = leaveOneOut(days, add);
  const value = sums && measure(sums.all);
  const without = sums?.without.flatMap((rest) => measure(rest) ?? []) ?? [];
  if (k < 2 || value === undefined || without.length < k) return undefined;

  const mean = without.reduce((sum, theta) => sum + theta / k, 0);
  const standardError = Math.sqrt(((k - 1) / k) * without.reduce((sum, theta) => sum + (theta - mean) ** 2, 0));
  const reach = tQuantile(0.025, k - 1) * standardError;
  return { value, standardError, interval: [value - reach, value + reach] };
}
