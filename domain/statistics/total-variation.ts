import type { Counts } from './counts.ts';
import { pairedShares } from './shares.ts';

/**
 * Total variation distance of two samples counted on the same cells: half the sum of |p - q|, the share of rows that would have to
 * change their cell to make one sample like the other. It is 1 minus the intersection of the two histograms.
 *
 * With no drift it grows with the square root of the number of cells, so take it over 10 to 32 cells, never over fine ones.
 *
 * @returns 0…1, 0 for equal shares, 1 for samples with no cell in common; undefined when a sample is empty
 * @throws RangeError when the samples have different numbers of cells
 *
 * Cost O(cells). Source: Levin, Peres & Wilmer, "Markov Chains and Mixing Times", 2009, chapter 4.
 */
export function totalVariation(baseline: Counts, window: Counts): number | undefined {
  const both = pairedShares(baseline, window);
  return both && Math.min(1, both.p.reduce((sum, p, cell) => sum + Math.abs(p - (both.q[cell] as number)), 0) / 2);
}
