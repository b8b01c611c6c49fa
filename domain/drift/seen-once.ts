import { type Counts, sumCells, total } from '../statistics/counts.ts';

/**
 * Rows of a sample that, had they been left out of it, would be of a category without a cell: those whose category occurs once. Their
 * share is Good and Turing's estimate of how many rows of another sample will be in categories this one does not hold. A grid cut on a
 * baseline has a cell for each of its categories, so the baseline itself shows none that are new, and every other sample does.
 *
 * Where the sample has rows outside the named cells, names were cut off: then the rows of the rarest named ones count.
 *
 * @param parts counts per category of the parts of the sample; the last cell holds all that has no cell of its own
 *
 * Source: Good, "The population frequencies of species and the estimation of population parameters", 1953.
 */
export function seenOnce(parts: readonly Counts[]): number {
  const counts = sumCells(parts);
  const least = leastKept(counts);
  return total(counts.slice(0, -1).filter((count) => count <= least));
}

/** Of each block, the rows whose category would have no cell without it: {@link seenOnce}, where rows of one block are alike. Cost O(blocks × cells). */
export function seenNowhereElse(blocks: readonly (readonly Counts[])[]): number[] {
  const summed = blocks.map((days) => sumCells(days));
  const all = sumCells(summed);
  const least = leastKept(all);
  return summed.map((cells) => total(cells.slice(0, -1).filter((count, cell) => (all[cell] as number) - count < least)));
}

/** How often a category must occur to have a cell. */
function leastKept(counts: Counts): number {
  if ((counts.at(-1) ?? 0) === 0) return 1;
  return counts.slice(0, -1).reduce((least, count) => (count > 0 && count < least ? count : least), Number.POSITIVE_INFINITY);
}
