import { type DifferenceT, differenceT } from './difference-t.ts';
import { type RatioSums, sumRatios } from './ratio-sums.ts';

/** Variance of y around the ratio from row to row, where it is known: the test never claims to be surer than the rows allow. */
export interface RowVariance {
  readonly blocks: number;
  readonly window: number;
}

/**
 * Is the window's ratio R = sum y / sum x another than that of the stable blocks, given how far blocks differ among themselves?
 *
 * e_d = (y_d - R x_d) / mean x, s^2 = sum e_d^2 / (k - 1), c = sum x_d^2 / X^2, T = max(0, s^2 - rowVariance / mean x),
 * SE^2 = max(s^2 (1 + c), rowVariance (1/m + 1/X) + T (1 + c)), t with k - 1 degrees of freedom. With one cell it is the block test's form.
 * With row variances of 0 the first term alone decides.
 *
 * Where only some of the blocks are what the window is held against, the others tell how far blocks differ: then R, X and c of the window's
 * comparison are those of these.
 *
 * @param blocks each as long in time as the window; those with x = 0 are left out
 * @param reference those of the blocks that the window is held against
 * @returns undefined with fewer than two blocks or an empty window
 *
 * Cost O(k). Source: Cochran, "Sampling Techniques", 1977, chapter 6 (ratio estimators).
 */
export function blockT(
  blocks: readonly RatioSums[],
  window: RatioSums,
  rowVariance: RowVariance,
  reference: readonly RatioSums[] = blocks,
): DifferenceT | undefined {
  const filled = blocks.filter((block) => block.x > 0);
  const k = filled.length;
  const { y: Y, x: X } = sumRatios(reference);
  if (k < 2 || window.x <= 0 || X <= 0) return undefined;

  const all = sumRatios(filled);
  const meanX = all.x / k;
  const between = filled.reduce((sum, { y, x }) => sum + ((y - (all.y / all.x) * x) / meanX) ** 2, 0) / (k - 1);
  const c = reference.reduce((sum, { x }) => sum + x * x, 0) / (X * X);
  const beyondRows = Math.max(0, between - rowVariance.blocks / meanX);
  const rowsAlone = rowVariance.window / window.x + rowVariance.blocks / X;
  const standardError = Math.sqrt(Math.max(between * (1 + c), rowsAlone + beyondRows * (1 + c)));

  return differenceT(Y / X, window.y / window.x, standardError, k - 1);
}
