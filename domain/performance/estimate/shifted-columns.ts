import type { GridColumn } from '../../grid/grid.ts';
import { coarseCounts } from '../../ledger/coarse-counts.ts';
import type { Partition } from '../../ledger/entry.ts';
import { sumCells } from '../../statistics/counts.ts';
import { jensenShannon } from '../../statistics/jensen-shannon.ts';
import type { ErrorDay } from '../errors/error-day.ts';
import { type OutcomeCells, testConcept } from './concept-test.ts';

const looksAt = 5;

export interface ConceptOfColumn {
  readonly column: string;
  readonly pValue: number;
}

/**
 * Of the five inputs that moved most from rows with outcomes to the window: do their cells and wrong answers together look as they did before?
 * Where inputs move, a concept that changed within them would matter next. Those that cannot be tested are left out.
 *
 * @param before days to be tested against
 * @param newest days that are tested, as many as a block has
 * @param window the rows that are estimated
 */
export function testShiftedColumns(
  columns: readonly GridColumn[],
  { before, newest }: { readonly before: readonly ErrorDay[]; readonly newest: readonly ErrorDay[] },
  window: readonly Partition[],
  blockDays: number,
): ConceptOfColumn[] {
  const moved = columns.flatMap((column) => {
    const { name } = column;
    const known = sumCells([...before, ...newest].flatMap(({ columns: counted }) => (counted[name] ? [counted[name].rows] : [])));
    const now = sumCells(window.flatMap(({ columns: counted }) => (counted[name] ? [coarseCounts(column, counted[name])] : [])));
    const distance = known.length === 0 || now.length === 0 ? undefined : jensenShannon(known, now)?.distance;
    return distance === undefined ? [] : [{ name, distance }];
  });
  const furthest = moved.sort((a, b) => b.distance - a.distance).slice(0, looksAt);
  return furthest.flatMap(({ name }) => {
    const test = testConcept(before.flatMap(cellsOf(name)), newest.flatMap(cellsOf(name)), blockDays);
    return test.kind === 'none' ? [] : [{ column: name, pValue: test.pValue }];
  });
}

/** Wrong answers and right ones by cell of a column. */
function cellsOf(name: string): (day: ErrorDay) => OutcomeCells[] {
  return ({ day, columns }) => {
    const counts = columns[name];
    if (counts === undefined) return [];
    return [{ day, positives: counts.loss, negatives: counts.rows.map((rows, cell) => rows - (counts.loss[cell] as number)) }];
  };
}
