import { coarseColumn } from '../grid/coarse-column.ts';
import type { GridColumn } from '../grid/grid.ts';
import { CategoricalSum, categoricalSums, cellsByName } from './categorical-sum.ts';
import { type NumericSum, numericSums } from './numeric-sum.ts';

/** Counts the values of one column in one partition. What is kept of a value is whole numbers only, so parts add up exactly. */
export type ColumnSum = NumericSum | CategoricalSum;

/** The maker that suits the column. */
export function columnSums(column: GridColumn): () => ColumnSum {
  return column.kind === 'numeric' ? numericSums(column) : categoricalSums(column);
}

/** The same on the column's coarse cells, for parts of the rows: which names have no cell is known of the whole. */
export function coarseSums(column: GridColumn): () => ColumnSum {
  const coarse = coarseColumn(column);
  if (coarse.kind === 'numeric') return numericSums(coarse);
  const cells = cellsByName(coarse);
  return () => new CategoricalSum(cells);
}
