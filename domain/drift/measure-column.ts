import type { GridColumn } from '../grid/grid.ts';
import { historyBlocks } from '../statistics/history-blocks.ts';
import { type HistoryTest, testAgainstHistory } from '../statistics/test-against-history.ts';
import { trendPValue } from '../statistics/trend.ts';
import type { ColumnDay } from './column-day.ts';
import { totalColumn } from './column-totals.ts';
import { type Effects, measureEffects } from './measure-effects.ts';
import { testMovement, testShift } from './test-movement.ts';

export interface ColumnMovement {
  readonly column: GridColumn;
  readonly rows: { readonly baseline: number; readonly window: number };
  readonly effects: Effects;
  readonly test: HistoryTest;
  /** Mean of the window less that of the baseline, in baseline sigmas; numbers only. */
  readonly shiftInSigmas?: number;
  /** Of a trend in the means of the baseline's own blocks; numbers with blocks as long as the window only. */
  readonly trendPValue?: number;
  /** Of that shift, in baseline sigmas; with blocks as long as the window only. */
  readonly shiftError?: { readonly standardError: number; readonly degrees: number };
}

const fewestRows = 30;

/**
 * How far a column's distribution moved, and how often its stable past moves as far. Under 30 rows in the window nothing is measured.
 *
 * @param windowDays length of the window in days, which is also the length of a block
 *
 * Cost O(days x cells).
 */
export function measureColumn(
  column: GridColumn,
  baselineDays: readonly ColumnDay[],
  windowColumnDays: readonly ColumnDay[],
  windowDays: number,
): ColumnMovement {
  const totalsOf = (days: readonly ColumnDay[]) =>
    totalColumn(
      column,
      days.map(({ counts }) => counts),
    );
  const [baseline, window] = [totalsOf(baselineDays), totalsOf(windowColumnDays)];
  const rows = { baseline: baseline.valued, window: window.valued };
  const nothing = (missing: string): ColumnMovement => ({ column, rows, effects: {}, test: { kind: 'none', missing } });
  if (baseline.valued === 0) return nothing('baseline rows with a value');
  if (window.valued < fewestRows) return nothing(`${fewestRows} rows with a value in the window; there are ${window.valued}`);

  const rowsOf = ({ counts }: ColumnDay) => counts.cells.reduce((sum, count) => sum + count, 0);
  const history = historyBlocks(baselineDays, windowDays, rowsOf);
  const blocks = history.unit === 'window' ? history.blocks.map(totalsOf) : [];
  const test = testAgainstHistory(history, windowColumnDays, rowsOf, (past, against) =>
    testMovement(column, past.map(totalsOf), totalsOf(against)),
  );
  const measured = { column, rows, effects: measureEffects(column, baseline, window, blocks), test };

  const sigma = Math.sqrt(baseline.variance ?? 0);
  if (baseline.mean === undefined || window.mean === undefined || sigma === 0) return measured;
  const shift = testShift(blocks, window);
  const shiftError = shift && { standardError: shift.standardError / sigma, degrees: shift.degrees };
  const trend = trendPValue(blocks.map(({ sum, valued }) => sum / valued));
  return {
    ...measured,
    shiftInSigmas: (window.mean - baseline.mean) / sigma,
    ...(shiftError ? { shiftError } : {}),
    ...(trend === undefined ? {} : { trendPValue: trend }),
  };
}
