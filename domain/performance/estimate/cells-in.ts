import type { Partition } from '../../ledger/entry.ts';
import { sumCells } from '../../statistics/counts.ts';

/** Rows of some days by the cells of a column; none where no day counts it. */
export function cellsIn(days: readonly Partition[], name: string): number[] {
  return sumCells(days.flatMap(({ columns }) => (columns[name] ? [columns[name].cells] : [])));
}
