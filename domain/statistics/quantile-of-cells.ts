import { type Counts, total } from './counts.ts';

/** A sample counted on cells, and what its open cells hold beyond the outermost edges, in the unit of the values. */
export interface CellSample {
  readonly cells: Counts;
  readonly lowExcess: number;
  readonly highExcess: number;
}

/**
 * The value under which a share of the rows lies, to within its cell: the lower edge of the cell that holds the row of rank ⌈share × rows⌉.
 * The quantile of the raw values (numpy's `inverted_cdf`) lies between that edge and the next one. In an open cell the mean of its rows
 * stands for it.
 *
 * @param share above 0, at most 1
 * @param edges ascending; cell i holds [edge i-1, edge i), the first and last are open
 * @returns undefined without rows
 *
 * Cost O(cells). Source: Hyndman & Fan, "Sample quantiles in statistical packages", 1996, definition 1.
 */
export function quantileOfCells(share: number, { cells, lowExcess, highExcess }: CellSample, edges: readonly number[]): number | undefined {
  const rank = share * total(cells);
  let through = 0;
  const cell = cells.findIndex((rows) => {
    through += rows;
    return rows > 0 && through >= rank;
  });
  if (cell === -1) return undefined;
  const rows = cells[cell] as number;
  if (cell === 0) return (edges[0] as number) - lowExcess / rows;
  return (edges[cell - 1] as number) + (cell === edges.length ? highExcess / rows : 0);
}
