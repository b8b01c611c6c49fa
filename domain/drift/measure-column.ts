import type { GridColumn } from '../grid/grid.ts';
import { total } from '../statistics/counts.ts';
import { historyBlocks, singleDays } from '../statistics/history-blocks.ts';
import { testAgainstHistory } from '../statistics/test-against-history.ts';
import { trendPValue } from '../statistics/trend.ts';
import type { ColumnDay } from './column-day.ts';
import { type ColumnTotals, totalColumn } from './column-totals.ts';
import type { Distribution } from './distribution.ts';
import { measureDistribution } from './measure-distribution.ts';
import { type EffectIntervals, measureIntervals } from './measure-intervals.ts';
import { type ColumnStatistics, measureStatistics } from './measure-statistics.ts';
import type { PastRule, PastTest } from './past-rule.ts';
import { shiftOfRows } from './shift-of-rows.ts';
import { movementTest, testShift } from './test-movement.ts';
import { testRows } from './test-rows.ts';

export interface ColumnMovement {
  readonly column: GridColumn;
  readonly rows: { readonly baseline: number; readonly window: number };
  readonly statistics: ColumnStatistics;
  /** Of the effects that thresholds are held against; none where there is nothing to test against. */
  readonly intervals: EffectIntervals;
  readonly test: PastTest;
  readonly distribution?: Distribution;
  /** Of a trend in the means of the baseline's own blocks; numbers with blocks as long as the window only. */
  readonly trendPValue?: number;
  /** Of the shift of the mean, in baseline sigmas; with blocks as long as the window or independent rows only. */
  readonly shiftError?: { readonly standardError: number; readonly degrees: number };
}

const fewestRows = 30;

/**
 * How far a column's distribution moved, and how often its stable past moves as far. Under 30 rows in the window nothing is measured.
 *
 * @param past the length of a block in days, which is that of the window; or that rows are independent
 *
 * Cost O(days x cells).
 */
export function measureColumn(
  column: GridColumn,
  baselineDays: readonly ColumnDay[],
  windowColumnDays: readonly ColumnDay[],
  past: PastRule,
): ColumnMovement {
  const totalsOf = (days: readonly ColumnDay[]) =>
    totalColumn(
      column,
      days.map(({ counts }) => counts),
    );
  const [baseline, window] = [totalsOf(baselineDays), totalsOf(windowColumnDays)];
  const rows = { baseline: baseline.valued, window: window.valued };
  const nothing = (missing: string): ColumnMovement => ({
    column,
    rows,
    statistics: {},
    intervals: {},
    test: { kind: 'none', missing },
  });
  if (baseline.valued === 0) return nothing('baseline rows with a value');
  if (past === 'independentRows' && baseline.valued < fewestRows)
    return nothing(`${fewestRows} rows with a value in the baseline; there are ${baseline.valued}`);
  if (window.valued < fewestRows) return nothing(`${fewestRows} rows with a value in the window; there are ${window.valued}`);

  const history = past === 'independentRows' ? undefined : historyBlocks(withRows(baselineDays), past, rowsOf);
  const days = history === undefined || history.unit === 'none' ? [] : history.blocks;
  const pieces = days.map(totalsOf);
  const blocks = history?.unit === 'window' ? pieces : [];
  const ofWindow = withRows(windowColumnDays);
  const test =
    history === undefined
      ? testRows(column, baseline, window)
      : testAgainstHistory(history, ofWindow, rowsOf, againstPieces(column, pieces, totalsOf));
  const statistics = measureStatistics(column, baseline, window, blocks);
  const intervals = measureIntervals(column, statistics, {
    past: pieces,
    whole: totalsOf(days.flat()),
    window,
    inWindow: history?.unit === 'day' ? singleDays(ofWindow, rowsOf).length : 1,
  });
  const distribution = measureDistribution(column, baseline, window);
  const measured = { column, rows, statistics, intervals, test, ...(distribution && { distribution }) };

  const sigma = Math.sqrt(baseline.variance ?? 0);
  if (sigma === 0) return measured;
  const shift = history === undefined ? shiftOfRows(baseline, window) : testShift(blocks, window);
  const shiftError = shift && { standardError: shift.standardError / sigma, degrees: shift.degrees };
  const trend = trendPValue(blocks.map(({ sum, valued }) => sum / valued));
  return {
    ...measured,
    ...(shiftError ? { shiftError } : {}),
    ...(trend === undefined ? {} : { trendPValue: trend }),
  };
}

/** The pieces are the history's blocks, whatever test asks. */
function againstPieces(column: GridColumn, pieces: readonly ColumnTotals[], totalsOf: (days: readonly ColumnDay[]) => ColumnTotals) {
  const test = movementTest(column, pieces);
  return (_: unknown, against: readonly ColumnDay[]) => test(totalsOf(against));
}

/** Days with their rows that have a cell, counted once. */
function withRows(days: readonly ColumnDay[]): (ColumnDay & { readonly rows: number })[] {
  return days.map((day) => ({ ...day, rows: total(day.counts.cells) }));
}

function rowsOf({ rows }: { readonly rows: number }): number {
  return rows;
}
