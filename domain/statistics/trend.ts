import { sampleCorrelation } from 'simple-statistics';
import { tTail } from './tails.ts';

/** p-value under which blocks are said to have a trend. */
export const trendLevel = 0.01;

/**
 * Two-sided p-value of a straight trend in a row of values, one for each block: t of the correlation with their order, k - 2 degrees of
 * freedom. A trend inside the baseline makes its blocks differ among themselves, and so blinds every test against them.
 *
 * @returns undefined with fewer than three values or constant ones
 */
export function trendPValue(values: readonly number[]): number | undefined {
  if (values.length < 3 || Math.max(...values) === Math.min(...values)) return undefined;
  const correlation = sampleCorrelation([...values.keys()], [...values]);
  const degrees = values.length - 2;
  const unexplained = 1 - correlation ** 2;
  return unexplained <= 0 ? 0 : Math.min(1, 2 * tTail(Math.abs(correlation) * Math.sqrt(degrees / unexplained), degrees));
}
