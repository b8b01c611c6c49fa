import { linearRegression } from 'simple-statistics';
import { tQuantile } from './t-quantile.ts';
import { tTail } from './tails.ts';

export interface Slope {
  /** Rise of y for 1 of x. */
  readonly slope: number;
  /** Of the slope, two-sided 95%. */
  readonly interval: readonly [number, number];
  readonly degrees: number;
  /** One-sided: is the slope above 0? */
  readonly pGreater: number;
  /** The line's value at an x. */
  readonly at: (x: number) => number;
}

/**
 * Straight line through points by least squares, unweighted, with Student's t of its slope, n - 2 degrees of freedom. Points are taken as
 * independent of each other around the line. When all lie on it, a rise is certain: p is 0, and 1 when the line is level or falls.
 *
 * @param steady   values of a time without a trend that scatter as the points do, in any order: what k of them scatter around their own mean is
 *                 pooled with what the points do around the line, for k - 1 degrees more
 * @param widening factor of the standard error, for points that are alike in a row
 * @returns undefined with fewer than three points or with one x alone
 *
 * Cost O(n + k). Source: Draper & Smith, "Applied Regression Analysis", 1998, chapter 1; the pooled variance is that of analysis of covariance,
 * Snedecor & Cochran, "Statistical Methods", 1989, chapter 18.
 */
export function slopeT(
  points: readonly (readonly [x: number, y: number])[],
  steady: readonly number[] = [],
  widening = 1,
): Slope | undefined {
  const spread = squaresAroundMean(points.map(([x]) => x));
  if (points.length < 3 || spread === 0) return undefined;

  const { m: slope, b } = linearRegression(points.map(([x, y]) => [x, y]));
  const at = (x: number) => b + slope * x;
  const degrees = points.length - 2 + Math.max(0, steady.length - 1);
  const scatter = points.reduce((sum, [x, y]) => sum + (y - at(x)) ** 2, 0) + squaresAroundMean(steady);
  const standardError = widening * Math.sqrt(scatter / degrees / spread);
  const reach = tQuantile(0.025, degrees) * standardError;
  const pGreater = standardError > 0 ? tTail(slope / standardError, degrees) : slope > 0 ? 0 : 1;
  return { slope, interval: [slope - reach, slope + reach], degrees, pGreater, at };
}

function squaresAroundMean(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
}
