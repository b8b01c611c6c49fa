import type { Grid } from '../grid/grid.ts';
import type { Partition } from './entry.ts';

const mostNew = 100;

/**
 * Partitions of one segment, each with how many of its rows stand in a file that lacks a feature of the grid, or has another one: all of them
 * or none. Of new columns the first hundred by name.
 *
 * @param has   features the segment's file has
 * @param isNew whether one that the grid does not know is to be told of
 */
export function withColumnsOfRows(
  partitions: readonly Partition[],
  grid: Pick<Grid, 'columns'>,
  has: ReadonlySet<string>,
  isNew: (name: string) => boolean,
): Partition[] {
  const known = new Set(grid.columns.map(({ name }) => name));
  const missing = grid.columns.filter(({ name, role }) => role === 'feature' && !has.has(name)).map(({ name }) => name);
  const added = [...has]
    .filter((name) => !known.has(name) && isNew(name))
    .sort()
    .slice(0, mostNew);
  const each = (names: readonly string[], rows: number) => Object.fromEntries(names.map((name) => [name, rows]));
  return partitions.map((partition) => ({
    ...partition,
    ...(missing.length > 0 && { missingColumns: each(missing, partition.rows) }),
    ...(added.length > 0 && { newColumns: each(added, partition.rows) }),
  }));
}
