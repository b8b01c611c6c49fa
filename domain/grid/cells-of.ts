import type { GridColumn } from './grid.ts';

/** Number of cells a column has: one more than its edges, or than its named categories. */
export function cellsOf(column: GridColumn): number {
  return (column.kind === 'numeric' ? column.edges.length : column.categories.length) + 1;
}
