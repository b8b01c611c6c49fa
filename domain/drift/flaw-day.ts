import type { GridColumn } from '../grid/grid.ts';
import { total } from '../statistics/counts.ts';
import type { ColumnDay } from './column-day.ts';

/** `stale`: a time lies as far back as the furthest when the grid was cut, or further. `empty`: a text has no character. */
export type ColumnFlaw = 'nulls' | 'notANumber' | 'infinite' | 'outOfRange' | 'stale' | 'empty' | 'typeErrors' | 'unseen';

/**
 * Two are not of a column: of `unlabelled` rows are matured predictions, and the flaw is to have no outcome; of `orphaned` they are outcomes,
 * and it is to have no prediction.
 */
export type Flaw = ColumnFlaw | 'unlabelled' | 'orphaned';

/** One column on one day: all its rows, those with a value by cell, and those with each flaw. */
export type FlawDay = { readonly day: string; readonly rows: number; readonly cells: readonly number[] } & Readonly<
  Record<ColumnFlaw, number>
>;

/** What can be wrong with a column's values. */
export function flawsOf(column: GridColumn): ColumnFlaw[] {
  if (column.kind === 'categorical') return ['nulls', 'typeErrors', 'unseen'];
  const isTime = column.of === 'time';
  return [
    'nulls',
    'notANumber',
    'infinite',
    'typeErrors',
    ...(column.range ? ['outOfRange' as const] : []),
    ...(isTime ? ['stale' as const] : []),
    ...(column.of === 'text' ? ['empty' as const] : []),
  ];
}

export function flawDay(column: GridColumn, { day, counts }: ColumnDay): FlawDay {
  const { cells, nulls, notANumber, typeErrors, infinite = 0, outOfRange = 0, empty = 0 } = counts;
  const inLastCell = cells.at(-1) ?? 0;
  return {
    day,
    rows: total(cells) + nulls + notANumber + typeErrors,
    cells,
    nulls,
    notANumber: notANumber - infinite,
    infinite,
    outOfRange,
    stale: inLastCell,
    empty,
    typeErrors,
    unseen: column.kind === 'categorical' ? inLastCell : 0,
  };
}
