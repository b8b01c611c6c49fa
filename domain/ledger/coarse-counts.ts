import { cellsOf } from '../grid/cells-of.ts';
import { coarseColumn } from '../grid/coarse-column.ts';
import type { GridColumn } from '../grid/grid.ts';
import type { ColumnCounts } from './entry.ts';

/** Rows by coarse cell of the column, as errors are counted: behind the column's own cells, rows without a value. Cost O(cells). */
export function coarseCounts(column: GridColumn, { cells, nulls, notANumber, typeErrors }: ColumnCounts): number[] {
  const coarse = cellsOf(coarseColumn(column));
  const counts = new Array<number>(coarse + 1).fill(0);
  let at = 0;
  for (const [cell, rows] of cells.entries()) {
    if (column.kind === 'numeric' && cell === beginOf(column.coarse, at + 1)) at += 1;
    const place = column.kind === 'numeric' ? at : named(cell, cells.length, coarse);
    counts[place] = (counts[place] as number) + rows;
  }
  counts[coarse] = nulls + notANumber + typeErrors;
  return counts;
}

function beginOf(begins: readonly number[], coarse: number): number | undefined {
  return begins.length > 1 ? begins[coarse] : [0, 1][coarse];
}

/** The last cell of a categorical column has no name. */
function named(cell: number, cells: number, coarse: number): number {
  return cell < Math.min(cells, coarse) - 1 ? cell : coarse - 1;
}
