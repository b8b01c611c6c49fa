import type { GridColumn } from '../grid/grid.ts';
import { type CellGroups, groupByFrequency, groupByMass } from '../statistics/cell-groups.ts';
import type { Counts } from '../statistics/counts.ts';

const groupsOfATest = 10;
const leastShare = 0.01;
const leastExpected = 5;

/**
 * At most ten groups of cells on which shapes are compared: of equal baseline mass for numbers, the nine most frequent categories and
 * the others. Each holds at least 1% of the baseline and expects at least 5 rows in the smallest block.
 */
export function groupCells(column: GridColumn, baseline: Counts, smallestBlock: number): CellGroups {
  const rule = { atMost: groupsOfATest, minimumShare: Math.max(leastShare, leastExpected / smallestBlock) };
  return column.kind === 'numeric' ? groupByMass(baseline, rule) : groupByFrequency(baseline, rule);
}
