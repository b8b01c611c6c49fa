import { own } from '../../identity/own.ts';
import { addErrorCells } from '../../ledger/add-counts.ts';
import type { ErrorCells, Partition } from '../../ledger/entry.ts';

/** Where the errors of one day lie, by column. */
export interface ErrorDay {
  readonly day: string;
  readonly columns: Readonly<Record<string, ErrorCells>>;
  /** Rows with an outcome, which every column counts. */
  readonly rows: number;
}

/**
 * The days of a version whose errors were counted, also where rows are counted by hours; what is presumed for want of an outcome is one, so days must
 * be mature.
 */
export function errorDays(partitions: readonly Partition[], version: Partition['version']): ErrorDay[] {
  const days = new Map<string, Record<string, ErrorCells>>();
  for (const { day: begins, version: by, errors, presumedErrors } of partitions) {
    if (by !== version || (errors === undefined && presumedErrors === undefined)) continue;
    const day = begins.slice(0, 10);
    const sums = days.get(day) ?? {};
    days.set(day, sums);
    for (const [name, cells] of [...Object.entries(errors ?? {}), ...Object.entries(presumedErrors ?? {})]) {
      const before = own(sums, name);
      sums[name] = before === undefined ? cells : addErrorCells(before, cells);
    }
  }
  return [...days].flatMap(([day, columns]) => {
    const [first] = Object.values(columns);
    return first === undefined ? [] : [{ day, columns, rows: first.rows.reduce((sum, rows) => sum + rows, 0) }];
  });
}
