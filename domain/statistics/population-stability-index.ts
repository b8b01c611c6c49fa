import type { Counts } from './counts.ts';
import { pairedShares } from './shares.ts';

/** What an empty cell counts as, when the other sample has rows there: Evidently's floor. */
const emptyShare = 1e-4;

/**
 * Population stability index of two samples counted on the same cells: sum of (q - p) ln(q / p), natural logarithm.
 *
 * Zeros: a cell empty in one sample counts there as a share of 1e-4, without scaling the others; empty in both, it adds nothing.
 * With no drift the index is about (cells - 1)(1/n + 1/m), so take it over 10 to 32 cells, never over fine ones.
 *
 * @returns 0 for equal shares, without an upper bound but for the floor; undefined when a sample is empty
 * @throws RangeError when the samples have different numbers of cells
 *
 * Cost O(cells). Source: Yurdakul & Naranjo, "Statistical properties of the population stability index", 2020.
 */
export function populationStabilityIndex(baseline: Counts, window: Counts): number | undefined {
  const both = pairedShares(baseline, window);
  if (both === undefined) return undefined;

  let index = 0;
  for (const [cell, share] of both.p.entries()) {
    const other = both.q[cell] as number;
    if (share === other) continue;
    const p = share || emptyShare;
    const q = other || emptyShare;
    index += (q - p) * Math.log(q / p);
  }
  return index;
}
