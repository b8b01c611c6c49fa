import type { Counts } from './counts.ts';
import { pairedShares } from './shares.ts';

/**
 * Hellinger distance of two samples counted on the same cells: sqrt(sum of (sqrt p - sqrt q)^2 / 2).
 *
 * Zeros need no care. With no drift its square is about (cells - 1)(1/n + 1/m) / 8, so take it over 10 to 32 cells, never over fine
 * ones. The Bhattacharyya distance is -ln(1 - distance^2).
 *
 * @returns 0…1, 0 for equal shares, 1 for samples with no cell in common; undefined when a sample is empty
 * @throws RangeError when the samples have different numbers of cells
 *
 * Cost O(cells). Source: Hellinger, "Neue Begründung der Theorie quadratischer Formen von unendlichvielen Veränderlichen", 1909.
 */
export function hellinger(baseline: Counts, window: Counts): number | undefined {
  const both = pairedShares(baseline, window);
  if (both === undefined) return undefined;

  let squares = 0;
  for (const [cell, p] of both.p.entries()) squares += (Math.sqrt(p) - Math.sqrt(both.q[cell] as number)) ** 2;
  return Math.min(1, Math.sqrt(squares / 2));
}
