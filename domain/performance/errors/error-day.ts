import { addErrorCells } from '../../ledger/add-counts.ts';
import type { ErrorCells, Partition } from '../../ledger/entry.ts';

/** Where the errors of one day lie, by column. */
export interface ErrorDay {
  readonly day: string;
  readonly columns: Readonly<Record<string, ErrorCells>>;
  /** Rows with an outcome, which every column counts. */
  readonly rows: number;
}

/** The days of a version whose errors were counted; what is presumed for want of an outcome is one, so days must be mature. */
export function errorDays(partitions: readonly Partition[], version: Partition['version']): ErrorDay[] {
  return partitions.flatMap(({ day, version: by, errors, presumedErrors }) => {
    if (by !== version || (errors === undefined && presumedErrors === undefined)) return [];
    const names = [...new Set([...Object.keys(errors ?? {}), ...Object.keys(presumedErrors ?? {})])];
    const columns = Object.fromEntries(
      names.map((name): [string, ErrorCells] => {
        const [told, presumed] = [errors?.[name], presumedErrors?.[name]];
        return [name, told && presumed ? addErrorCells(told, presumed) : ((told ?? presumed) as ErrorCells)];
      }),
    );
    const [first] = Object.values(columns);
    return first === undefined ? [] : [{ day, columns, rows: first.rows.reduce((sum, rows) => sum + rows, 0) }];
  });
}
