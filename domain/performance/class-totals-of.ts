import type { OutcomeCounts } from '../ledger/entry.ts';
import { total } from '../statistics/counts.ts';
import { type ClassTotals, classTotals } from './metrics/class-totals.ts';

/** Totals of each class; undefined where not all of the rows were counted by class. */
export function classTotalsOf({ matched, confusion, classes }: OutcomeCounts): ClassTotals | undefined {
  const totals = confusion === undefined ? classes : classTotals(rowsOfTable(confusion));
  return totals !== undefined && total(totals.actual) === matched ? totals : undefined;
}

/** A table of n rows and n + 1 columns, its cells row by row. */
function rowsOfTable(cells: readonly number[]): number[][] {
  const rows = Math.floor(Math.sqrt(cells.length));
  return Array.from({ length: rows }, (_, row) => cells.slice(row * (rows + 1), (row + 1) * (rows + 1)));
}
