import type { ColumnCounts, Partition } from '../ledger/entry.ts';

/** One column on one day. */
export interface ColumnDay {
  readonly day: string;
  readonly counts: ColumnCounts;
}

export function columnDays(partitions: readonly Partition[], column: string): ColumnDay[] {
  return partitions.flatMap(({ day, columns }) => {
    const counts = columns[column];
    return counts === undefined ? [] : [{ day, counts }];
  });
}
