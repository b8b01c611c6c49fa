import type { GridColumn } from '../grid/grid.ts';
import type { Partition } from '../ledger/entry.ts';
import { columnDays } from './column-day.ts';
import { type ColumnMovement, measureColumn } from './measure-column.ts';
import type { PastRule } from './past-rule.ts';
import type { AlarmRule } from './stable-column-blocks.ts';

/** The rows whose movement is measured: of the baseline, of the window, and of the windows between the two, newest first. */
export interface DriftDays {
  readonly baseline: readonly Partition[];
  readonly window: readonly Partition[];
  readonly before: readonly (readonly Partition[])[];
}

export interface DriftRule extends AlarmRule {
  readonly past: PastRule;
}

export function measureColumns(columns: readonly GridColumn[], days: DriftDays, { past, effects, level }: DriftRule): ColumnMovement[] {
  return columns.map((column) => {
    const of = (partitions: readonly Partition[]) => columnDays(partitions, column.name);
    return measureColumn(column, of(days.baseline), of(days.window), past, { effects, level, windows: days.before.map(of) });
  });
}

/** The days of some of the rows. */
export function daysOf({ baseline, window, before }: DriftDays, some: (partitions: readonly Partition[]) => Partition[]): DriftDays {
  return { baseline: some(baseline), window: some(window), before: before.map(some) };
}
