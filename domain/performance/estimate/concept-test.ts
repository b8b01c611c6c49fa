import type { PastBlocks } from '../../calendar/past-blocks.ts';
import { blockTest } from '../../statistics/block-test.ts';
import { type CellGroups, groupByMass, mergeCells } from '../../statistics/cell-groups.ts';
import { type Counts, sumCells, total } from '../../statistics/counts.ts';
import { historyBlocks } from '../../statistics/history-blocks.ts';
import { type HistoryTest, testAgainstHistory } from '../../statistics/test-against-history.ts';

/** Rows of one day by cell, those of one outcome and those of the other. */
export interface OutcomeCells {
  readonly day: string;
  readonly positives: Counts;
  readonly negatives: Counts;
}

const groupsOfAKind = 5;
const leastShare = 0.01;
const leastExpected = 5;

/**
 * Do cells and outcomes together look as they did before? The block test over at most five groups of cells of either outcome, each with at least 1%
 * of the rows and five to be expected in the smallest block.
 *
 * @param before days to be tested against
 * @param newest days that are tested, as many as a block has
 */
export function testConcept(before: readonly OutcomeCells[], newest: readonly OutcomeCells[], past: PastBlocks): HistoryTest {
  return testAgainstHistory(historyBlocks(before, past, rowsOf), newest, rowsOf, (blocks, against) => {
    const all = cellsOf(blocks.flat());
    const groups = groupsOf(all, Math.min(...blocks.map((block) => total(cellsOf(block)))));
    return blockTest(
      blocks.map((block) => mergeCells(cellsOf(block), groups)),
      mergeCells(cellsOf(against), groups),
    )?.pValue;
  });
}

function rowsOf({ positives, negatives }: OutcomeCells): number {
  return total(positives) + total(negatives);
}

/** Cells of the one outcome, then of the other. */
function cellsOf(days: readonly OutcomeCells[]): number[] {
  return [...sumCells(days.map(({ positives }) => positives)), ...sumCells(days.map(({ negatives }) => negatives))];
}

function groupsOf(all: Counts, smallestBlock: number): CellGroups {
  const half = all.length / 2;
  const share = Math.max(leastShare, leastExpected / smallestBlock);
  return [0, half].flatMap((from) => {
    const kind = all.slice(from, from + half);
    if (total(kind) === 0) return [];
    const groups = groupByMass(kind, { atMost: groupsOfAKind, minimumShare: Math.min(1, (share * total(all)) / total(kind)) });
    return groups.map((cells) => cells.map((cell) => from + cell));
  });
}
