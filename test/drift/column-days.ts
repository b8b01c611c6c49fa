import type { ColumnDay } from '../../domain/drift/column-day.ts';
import { cutCategories } from '../../domain/grid/cut-categories.ts';
import { cutNumeric } from '../../domain/grid/cut-numeric.ts';
import type { CategoricalColumn, NumericColumn } from '../../domain/grid/grid.ts';
import { categoricalSums } from '../../domain/ledger/categorical-sum.ts';
import { numericSums } from '../../domain/ledger/numeric-sum.ts';

export type Values<T> = readonly (readonly T[])[];

export function numericColumn(values: readonly number[]): NumericColumn {
  return cutNumeric({ name: 'x', role: 'feature', kind: 'numeric', values });
}

export function categoricalColumn(values: readonly string[]): CategoricalColumn {
  return cutCategories({ name: 'x', role: 'feature', kind: 'categorical', values });
}

/** Values of consecutive days, counted as the ledger counts them. */
export function countedDays(column: NumericColumn, days: Values<number>, firstDay?: number): ColumnDay[];
export function countedDays(column: CategoricalColumn, days: Values<string>, firstDay?: number): ColumnDay[];
export function countedDays(column: NumericColumn | CategoricalColumn, days: Values<number | string>, firstDay = 0): ColumnDay[] {
  const open = column.kind === 'numeric' ? numericSums(column) : categoricalSums(column);
  return days.map((values, index) => {
    const sum = open() as { add(value: number | string): void; counts(): ColumnDay['counts'] };
    for (const value of values) sum.add(value);
    return { day: new Date(Date.UTC(2011, 0, 1 + firstDay + index)).toISOString().slice(0, 10), counts: sum.counts() };
  });
}
