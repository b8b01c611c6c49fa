import type { GridColumn } from './grid.ts';

const mostNamed = 31;

/**
 * The column on at most 32 cells, unions of its own: what slices are counted on. Of categories the 31 most frequent keep a cell, all others
 * share the last.
 */
export function coarseColumn(column: GridColumn): GridColumn {
  if (column.kind === 'categorical') return { ...column, categories: column.categories.slice(0, mostNamed) };
  const begins = column.coarse.length > 1 ? column.coarse : [0, 1];
  return { ...column, edges: begins.slice(1).map((cell) => column.edges[cell - 1] as number), coarse: [...begins.keys()] };
}
