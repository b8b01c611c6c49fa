import { type Slope, slopeT } from './slope.ts';
import { tQuantile } from './t-quantile.ts';
import { tTail } from './tails.ts';

/** Weeks of days that are like the day before by .5 are alike a little, and a slope less sure than Student's t has it by so much. */
const widening = 1.1;

/**
 * Straight line through few points, with Student's t of its slope. Its standard error is from what they scatter around the line, n - 2
 * degrees of freedom, pooled with what values of a steady time, which scatter alike, do around their mean, k - 1; and a tenth wider, so that
 * means of seven days may be taken whose days are alike in a row (`test/simulation/short-slope.test.ts`).
 *
 * @param steady of other times than the points, in any order
 * @returns undefined with fewer than three points, one x alone or no steady values
 *
 * Cost O(n + k). Source: the pooled variance of analysis of covariance; Snedecor & Cochran, "Statistical Methods", 1989, chapter 18.
 */
export function shortSlopeT(points: readonly (readonly [x: number, y: number])[], steady: readonly number[]): Slope | undefined {
  const line = slopeT(points);
  if (line === undefined || steady.length === 0) return undefined;

  const { slope, at } = line;
  const degrees = line.degrees + steady.length - 1;
  const around = points.reduce((sum, [x, y]) => sum + (y - at(x)) ** 2, 0) + squaresAroundMean(steady);
  const standardError = widening * Math.sqrt(around / degrees / squaresAroundMean(points.map(([x]) => x)));
  const reach = tQuantile(0.025, degrees) * standardError;
  const pGreater = standardError > 0 ? tTail(slope / standardError, degrees) : slope > 0 ? 0 : 1;
  return { slope, interval: [slope - reach, slope + reach], degrees, pGreater, at };
}

function squaresAroundMean(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
}
