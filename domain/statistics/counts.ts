/** How many values fell into each cell of one grid: non-negative integers, in the order of the cells. */
export type Counts = readonly number[];

export function total(counts: Counts): number {
  let rows = 0;
  for (let cell = 0; cell < counts.length; cell += 1) rows += counts[cell] as number;
  return rows;
}

/**
 * All samples' counts added up cell by cell; no cells when there are no samples.
 *
 * @throws RangeError when the samples have different numbers of cells
 */
export function sumCells(samples: readonly Counts[]): number[] {
  const [first, ...others] = samples;
  if (first === undefined) return [];
  const sum = first.slice();
  for (const counts of others) {
    if (counts.length !== sum.length) throw new RangeError(`cells differ: ${sum.length} and ${counts.length}`);
    for (let cell = 0; cell < sum.length; cell += 1) sum[cell] = (sum[cell] as number) + (counts[cell] as number);
  }
  return sum;
}
