import type { Counts } from './counts.ts';
import { pairedShares } from './shares.ts';

/**
 * L-infinity (Chebyshev) distance of two samples counted on the same cells: the largest difference of the shares of any one cell.
 *
 * @returns 0…1, 0 for equal shares; undefined when a sample is empty
 * @throws RangeError when the samples have different numbers of cells
 *
 * Cost O(cells). Source: the drift comparator of TensorFlow Data Validation, which takes it over categories.
 */
export function lInfinity(baseline: Counts, window: Counts): number | undefined {
  const both = pairedShares(baseline, window);
  return both?.p.reduce((largest, p, cell) => Math.max(largest, Math.abs(p - (both.q[cell] as number))), 0);
}
