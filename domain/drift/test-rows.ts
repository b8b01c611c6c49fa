import type { GridColumn } from '../grid/grid.ts';
import { mergeCells } from '../statistics/cell-groups.ts';
import { chiSquare } from '../statistics/chi-square.ts';
import { sumCells } from '../statistics/counts.ts';
import type { ColumnTotals } from './column-totals.ts';
import { groupCells } from './group-cells.ts';
import type { RowTest } from './past-rule.ts';
import { shiftOfRows } from './shift-of-rows.ts';

/**
 * Tests a column's movement with every row taken as independent of the others: two-sample chi-square on at most ten groups of cells.
 *
 * Groups are cut on both samples together, which the test holds fixed anyway; each expects at least 5 rows in the smaller sample, so
 * categories that are new are counted and not dropped. Where all rows share one group the means of numbers are compared.
 */
export function testRows(column: GridColumn, baseline: ColumnTotals, window: ColumnTotals): RowTest {
  const together = sumCells([baseline.cells, window.cells]);
  const smaller = Math.min(baseline.valued, window.valued);
  const groups = groupCells(column, together, smaller);
  const shape = chiSquare(mergeCells(baseline.cells, groups), mergeCells(window.cells, groups));
  const pValue = shape !== undefined && shape.degrees > 0 ? shape.pValue : shiftOfRows(baseline, window)?.pDifferent;
  return { kind: 'independentRows', pValue: pValue ?? 1 };
}
