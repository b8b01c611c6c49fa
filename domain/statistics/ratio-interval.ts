import type { RatioSums } from './ratio-sums.ts';
import { tQuantile } from './t-quantile.ts';

export interface Interval {
  readonly value: number;
  readonly standardError: number;
  /** Two-sided 95%. */
  readonly interval: readonly [number, number];
}

/**
 * A ratio R = sum y / sum x over days that differ, with its interval.
 *
 * e_d = (y_d - R x_d) / mean x, SE^2 = max(sum e_d^2 / (k - 1) / k, rowVariance / sum x), t with k - 1 degrees of freedom.
 *
 * @param days        those with x = 0 are left out
 * @param rowVariance of y within a row of x; R (1 - R) for a share, so that it is never surer than the binomial; 0 where unknown
 * @returns undefined with fewer than two days
 *
 * Cost O(k). Source: Cochran, "Sampling Techniques", 1977, chapter 6 (ratio estimators).
 */
export function ratioInterval(days: readonly RatioSums[], rowVariance: number): Interval | undefined {
  const filled = days.filter(({ x }) => x > 0);
  const k = filled.length;
  if (k < 2) return undefined;

  const X = filled.reduce((sum, { x }) => sum + x, 0);
  const value = filled.reduce((sum, { y }) => sum + y, 0) / X;
  const between = filled.reduce((sum, { x, y }) => sum + ((k * (y - value * x)) / X) ** 2, 0) / (k - 1);
  const standardError = Math.sqrt(Math.max(between / k, rowVariance / X));
  const reach = tQuantile(0.025, k - 1) * standardError;
  return { value, standardError, interval: [value - reach, value + reach] };
}
