import { blockJackknife } from './block-jackknife.ts';
import { leaveOneOut } from './leave-one-out.ts';
import type { Interval } from './ratio-interval.ts';
import { tQuantile } from './t-quantile.ts';

/**
 * A statistic of summed days with its interval, by leaving out one day at a time: for statistics that are no mean of daily ones, as an
 * area under a curve, which ranks rows of different days too.
 *
 * The standard error is {@link blockJackknife}'s, the interval Student's t with its degrees of freedom.
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
  const sums = leaveOneOut(days, add);
  const value = sums && measure(sums.all);
  const without = sums?.without.flatMap((rest) => measure(rest) ?? []) ?? [];
  const error = blockJackknife(without);
  if (error === undefined || value === undefined || without.length < days.length) return undefined;

  const { standardError, degrees } = error;
  const reach = tQuantile(0.025, degrees) * standardError;
  return { value, standardError, interval: [value - reach, value + reach] };
}
