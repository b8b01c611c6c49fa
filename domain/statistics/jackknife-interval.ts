import type { Interval } from './ratio-interval.ts';
import { tQuantile } from './t-quantile.ts';

/**
 * A statistic of summed days with its interval, by leaving out one day at a time: for statistics that are no mean of daily ones, as an
 * area under a curve, which ranks rows of different days too.
 *
 * SE^2 = (k - 1)/k sum (theta_-d - mean theta_-d)^2, t with k - 1 degrees of freedom.
 *
 * @param measure the statistic of some of the days taken together; undefined where it cannot be had
 * @returns undefined with fewer than two days, or where the statistic of all days, or of all but one, cannot be had
 *
 * Cost k + 1 measurements. Source: Efron & Stein, "The jackknife estimate of variance", 1981; Künsch 1989 for blocks.
 */
export function jackknifeInterval<Day>(days: readonly Day[], measure: (days: readonly Day[]) => number | undefined): Interval | undefined {
  const k = days.length;
  const value = measure(days);
  const without = days.flatMap((_, left) => measure(days.filter((_, day) => day !== left)) ?? []);
  if (k < 2 || value === undefined || without.length < k) return undefined;

  const mean = without.reduce((sum, theta) => sum + theta / k, 0);
  const standardError = Math.sqrt(((k - 1) / k) * without.reduce((sum, theta) => sum + (theta - mean) ** 2, 0));
  const reach = tQuantile(0.025, k - 1) * standardError;
  return { value, standardError, interval: [value - reach, value + reach] };
}
