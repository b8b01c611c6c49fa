import type { PastBlocks } from '../../calendar/past-blocks.ts';
import { blockT } from '../../statistics/block-t.ts';
import { bonferroni } from '../../statistics/bonferroni.ts';
import { groupByMass } from '../../statistics/cell-groups.ts';
import { type Counts, sumCells, total } from '../../statistics/counts.ts';
import { historyBlocks } from '../../statistics/history-blocks.ts';
import { type HistoryTest, testAgainstHistory } from '../../statistics/test-against-history.ts';

/** Rows of one day by cell, and the sum of their losses. */
export interface LossCells {
  readonly day: string;
  readonly rows: Counts;
  readonly loss: readonly number[];
}

const groupsOfCells = 5;
const leastShare = 0.01;

/**
 * Do rows of the same cells cost what they cost before? The block t, two-sided, of loss over the loss that the cells' means of before let
 * expect: of all cells together and of at most five groups of them, the smallest p-value by Bonferroni. Where rows only moved between cells,
 * both sides of the ratio move alike.
 *
 * @param before days to be tested against
 * @param newest days that are tested, as many as a block has
 */
export function testLosses(before: readonly LossCells[], newest: readonly LossCells[], past: PastBlocks): HistoryTest {
  return testAgainstHistory(historyBlocks(before, past, rowsOf), newest, rowsOf, (blocks, against) => {
    const known = cellsOf(blocks.flat());
    const means = meanLosses(known);
    const sumsOf = (days: readonly LossCells[], cells: readonly number[]) => {
      const { rows, loss } = cellsOf(days);
      const of = (amounts: readonly number[]) => cells.reduce((sum, cell) => sum + (amounts[cell] as number), 0);
      return { y: of(loss), x: of(rows.map((count, cell) => count * (means[cell] as number))) };
    };
    const groups = groupByMass(known.rows, { atMost: groupsOfCells, minimumShare: leastShare });
    const pValues = [groups.flat(), ...groups].flatMap((cells) => {
      const sums = blocks.map((block) => sumsOf(block, cells));
      return blockT(sums, sumsOf(against, cells), { blocks: 0, window: 0 })?.pDifferent ?? [];
    });
    return bonferroni(pValues);
  });
}

/** By cell; one without rows costs what all rows cost. */
export function meanLosses({ rows, loss }: Pick<LossCells, 'rows' | 'loss'>): number[] {
  const overall = total(loss) / total(rows);
  return rows.map((count, cell) => (count > 0 ? (loss[cell] as number) / count : overall));
}

function rowsOf({ rows }: LossCells): number {
  return total(rows);
}

function cellsOf(days: readonly LossCells[]): Pick<LossCells, 'rows' | 'loss'> {
  return { rows: sumCells(days.map(({ rows }) => rows)), loss: sumCells(days.map(({ loss }) => loss)) };
}
