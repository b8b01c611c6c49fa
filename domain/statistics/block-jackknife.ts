/** How far an estimate is to be trusted, from blocks that differ. */
export interface JackknifeError {
  readonly standardError: number;
  /** Blocks less one, for Student's t. */
  readonly degrees: number;
}

/**
 * Standard error of an estimate over blocks, from what it would have been without each of them: (k - 1) / k times the sum of squares
 * about their mean, and its root. It holds for every estimate that is smooth in the blocks' counts, whatever its formula, and takes
 * blocks, not rows, as independent.
 *
 * @param leftOut the estimate with one block left out, for each block; blocks of about one size
 * @returns undefined with fewer than two blocks
 *
 * Cost O(k), beside the estimates. Source: Efron & Tibshirani, "An Introduction to the Bootstrap", 1993, chapter 11.
 */
export function blockJackknife(leftOut: readonly number[]): JackknifeError | undefined {
  const k = leftOut.length;
  if (k < 2) return undefined;
  const mean = leftOut.reduce((sum, value) => sum + value, 0) / k;
  const squares = leftOut.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { standardError: Math.sqrt(((k - 1) / k) * squares), degrees: k - 1 };
}
