import { type Counts, total } from './counts.ts';

/** Each cell's share of all rows, 0…1; undefined when there are no rows. */
export function shares(counts: Counts): number[] | undefined {
  const rows = total(counts);
  return rows === 0 ? undefined : counts.map((count) => count / rows);
}

/**
 * The shares of two samples on the same cells; undefined when either is empty: there is nothing to compare.
 *
 * @throws RangeError when the samples have different numbers of cells
 */
export function pairedShares(
  baseline: Counts,
  window: Counts,
): { readonly p: readonly number[]; readonly q: readonly number[] } | undefined {
  if (baseline.length !== window.length) throw new RangeError(`cells differ: ${baseline.length} and ${window.length}`);
  const [p, q] = [shares(baseline), shares(window)];
  return p === undefined || q === undefined ? undefined : { p, q };
}
