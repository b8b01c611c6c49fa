import { columnDays } from '../drift/column-day.ts';
import type { ColumnCounts, Partition } from '../ledger/entry.ts';

/** One table, counted: a partition for each day or, where rows have no time, for each random part. */
export interface CountedTable {
  readonly files: number;
  readonly columns: readonly string[];
  readonly partitions: readonly Partition[];
  readonly anomalies: Readonly<Record<string, number>>;
}

/** One column's counts of each day or part, in their order. */
export function countsOf({ partitions }: CountedTable, column: string): ColumnCounts[] {
  return columnDays(partitions, column).map(({ counts }) => counts);
}

/** Smallest and largest number in some counts; undefined for categories and without values. */
export function rangeOf(counts: readonly ColumnCounts[]): readonly [number, number] | undefined {
  const held = counts.flatMap(({ min, max }) => (min === undefined || max === undefined ? [] : [[min, max] as const]));
  if (held.length === 0) return undefined;
  return [Math.min(...held.map(([min]) => min)), Math.max(...held.map(([, max]) => max))];
}

/** Whether its rows were counted with their outcomes, be there any or not. */
export function carriesOutcomes({ partitions }: CountedTable): boolean {
  return partitions.some(({ outcomes }) => outcomes !== undefined);
}
