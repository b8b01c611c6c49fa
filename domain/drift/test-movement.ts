import type { GridColumn } from '../grid/grid.ts';
import { blockT } from '../statistics/block-t.ts';
import { blockTest } from '../statistics/block-test.ts';
import { bonferroni } from '../statistics/bonferroni.ts';
import { mergeCells } from '../statistics/cell-groups.ts';
import { sumCells } from '../statistics/counts.ts';
import type { DifferenceT } from '../statistics/difference-t.ts';
import type { ColumnTotals } from './column-totals.ts';
import { groupCells } from './group-cells.ts';

/** p-value of a column's movement against its blocks, see {@link movementTest}. */
export function testMovement(
  column: GridColumn,
  blocks: readonly ColumnTotals[],
  window: ColumnTotals,
  reference: readonly ColumnTotals[] = blocks,
): number | undefined {
  return movementTest(column, blocks, reference)(window);
}

/**
 * Tests several windows of a column against the same blocks: the block F test of the shape and, for numbers, the block t of the mean,
 * with Bonferroni over the two. 1 for categories that share one group, each too rare to be told apart: nothing moves within it, and
 * new ones are a matter of quality. Undefined when there is no test.
 *
 * @param reference those of the blocks that windows are held against; the others only tell how far blocks differ
 *
 * Cost O(blocks × cells) once, O(cells + blocks²) a window.
 */
export function movementTest(
  column: GridColumn,
  blocks: readonly ColumnTotals[],
  reference: readonly ColumnTotals[] = blocks,
): (window: ColumnTotals) => number | undefined {
  const pooled = sumCells(blocks.map((block) => block.cells));
  const groups = groupCells(column, pooled, Math.min(...blocks.map((block) => block.valued)));
  const merge = (block: ColumnTotals) => mergeCells(block.cells, groups);
  const [merged, heldAgainst] = [blocks.map(merge), reference.map(merge)];
  return (window) => {
    if (column.kind === 'categorical' && groups.length === 1) return 1;
    const shape = blockTest(merged, merge(window), heldAgainst);
    return bonferroni([shape?.pValue, testShift(blocks, window, reference)?.pDifferent]);
  };
}

/** Block t of the mean, in the column's unit and counted from its centre; undefined for categories. */
export function testShift(
  blocks: readonly ColumnTotals[],
  window: ColumnTotals,
  reference: readonly ColumnTotals[] = blocks,
): DifferenceT | undefined {
  if (window.variance === undefined) return undefined;
  const rows = blocks.reduce((sum, block) => sum + block.valued, 0);
  const within = blocks.reduce((sum, block) => sum + block.valued * (block.variance ?? 0), 0) / rows;
  const sums = ({ sum, valued }: ColumnTotals) => ({ y: sum, x: valued });
  return blockT(blocks.map(sums), sums(window), { blocks: within, window: window.variance }, reference.map(sums));
}
