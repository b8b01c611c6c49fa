import { type DifferenceT, differenceT } from './difference-t.ts';
import { jackknifeInterval } from './jackknife-interval.ts';

/** How a statistic of summed rows is had: of sums, never of means of parts. */
export interface SummedStatistic<Sum> {
  add(one: Sum, other: Sum): Sum;
  /** Undefined where the sum does not tell. */
  measure(sum: Sum): number | undefined;
  rowsOf(sum: Sum): number;
}

/**
 * Is the window's statistic another than that of the stable blocks together, given how far blocks differ among themselves? For
 * statistics that are no ratio of sums, and for ratios whose variance from row to row is not known; where it is, `blockT` is sharper.
 *
 * s^2 = k SE^2 of the jackknife over blocks, the variance of one block of mean size; c = sum n_d^2 / N^2;
 * SE^2 = s^2 (max(1, mean n / m) + c), t with k - 1 degrees of freedom. A window of fewer rows than a block is taken to be noisier in
 * proportion, one of more rows to be no quieter: days differ however many rows they have.
 *
 * Where only some of the blocks are what the window is held against, the others tell how far blocks differ: then c and the value of the
 * window's comparison are those of these.
 *
 * @param blocks each as long in time as the window; those without rows are left out
 * @param reference those of the blocks that the window is held against
 * @returns undefined with fewer than two blocks, or where the statistic of the window, of the reference, of all blocks or of all but one
 * cannot be had
 *
 * Cost O(k) additions and measurements. Source: Tukey 1958 (pseudo-values); Künsch, "The jackknife and the bootstrap for general
 * stationary observations", 1989.
 */
export function jackknifeT<Sum>(
  blocks: readonly Sum[],
  window: Sum,
  { add, measure, rowsOf }: SummedStatistic<Sum>,
  reference: readonly Sum[] = blocks,
): DifferenceT | undefined {
  const withRows = (some: readonly Sum[]) => some.filter((block) => rowsOf(block) > 0);
  const [filled, before] = [withRows(blocks), withRows(reference)];
  const past = jackknifeInterval(filled, add, measure);
  const [held, value] = [before.length === 0 ? undefined : measure(before.reduce(add)), measure(window)];
  if (past === undefined || held === undefined || value === undefined) return undefined;

  const k = filled.length;
  const sizes = before.map(rowsOf);
  const c = sum(sizes.map((n) => n * n)) / sum(sizes) ** 2;
  const noise = Math.max(1, sum(filled.map(rowsOf)) / k / rowsOf(window));
  const standardError = past.standardError * Math.sqrt(k * (noise + c));
  return differenceT(held, value, standardError, k - 1);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
