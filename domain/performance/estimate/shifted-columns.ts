import type { PastBlocks } from '../../calendar/past-blocks.ts';
import type { GridColumn } from '../../grid/grid.ts';
import { coarseCounts } from '../../ledger/coarse-counts.ts';
import type { Partition } from '../../ledger/entry.ts';
import { sumCells } from '../../statistics/counts.ts';
import { jensenShannon } from '../../statistics/jensen-shannon.ts';
import type { Foresight, KnownDay } from './foresight.ts';

const looksAt = 5;

export interface ConceptOfColumn {
  readonly column: string;
  readonly pValue: number;
}

/**
 * Of the five inputs that moved most from rows with outcomes to the window: do their cells and the mistakes in them look as they did before?
 * Where inputs move, a concept that changed within them would matter next. Those that cannot be tested are left out.
 *
 * @param before days to be tested against
 * @param newest days that are tested, as many as a block has
 * @param window the rows that are estimated
 */
export function testShiftedColumns(
  columns: readonly GridColumn[],
  { before, newest }: { readonly before: readonly KnownDay[]; readonly newest: readonly KnownDay[] },
  window: readonly Partition[],
  { testColumn, past }: Pick<Foresight, 'testColumn'> & { readonly past: PastBlocks },
): ConceptOfColumn[] {
  const moved = columns.flatMap((column) => {
    const { name } = column;
    const known = sumCells([...before, ...newest].flatMap(({ errors }) => (errors[name] ? [errors[name].rows] : [])));
    const now = sumCells(window.flatMap(({ columns: counted }) => (counted[name] ? [coarseCounts(column, counted[name])] : [])));
    const distance = known.length === 0 || now.length === 0 ? undefined : jensenShannon(known, now)?.distance;
    return distance === undefined ? [] : [{ name, distance }];
  });
  const furthest = moved.sort((a, b) => b.distance - a.distance).slice(0, looksAt);
  return furthest.flatMap(({ name }) => {
    const test = testColumn(name, before, newest, past);
    return test.kind === 'none' ? [] : [{ column: name, pValue: test.pValue }];
  });
}
