import type { GridColumn } from '../grid/grid.ts';
import type { LaterBlocks } from '../statistics/later-blocks.ts';
import { trendPValue } from '../statistics/trend.ts';
import type { ColumnDay } from './column-day.ts';
import { columnPast, type LaterWindows, type ShiftError } from './column-past.ts';
import { type ColumnTotals, totalDays } from './column-totals.ts';
import type { Distribution } from './distribution.ts';
import { measureDistribution } from './measure-distribution.ts';
import { type EffectIntervals, measureIntervals } from './measure-intervals.ts';
import { type ColumnStatistics, measureStatistics } from './measure-statistics.ts';
import { blocksOfRule, elseOfRows, type PastRule, type PastTest } from './past-rule.ts';
import { shiftOfRows } from './shift-of-rows.ts';
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
  /** In baseline sigmas. */
  readonly shiftError?: ShiftError;
  /** Absent where no window came between. */
  readonly later?: LaterBlocks;
}

const fewestRows = 30;

/**
 * How far a column's distribution moved from the baseline, and how often its stable past moves as far. Under 30 rows in the window nothing is
 * measured.
 *
 * @param past the length of a block in days, which is that of the window; or that rows are independent
 * @param later what came after the baseline: it tells how far stable blocks differ, see {@link columnPast}
 *
 * Cost O(days × cells + blocks² × cells).
 */
export function measureColumn(
  column: GridColumn,
  baselineDays: readonly ColumnDay[],
  windowColumnDays: readonly ColumnDay[],
  past: PastRule,
  later?: LaterWindows,
): ColumnMovement {
  const [baseline, window] = [totalDays(column, baselineDays), totalDays(column, windowColumnDays)];
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

  const pastBlocks = blocksOfRule(past);
  const history =
    pastBlocks === undefined
      ? undefined
      : columnPast(column, { days: baselineDays, totals: baseline }, windowColumnDays, pastBlocks, later);
  const ofRows = () => (baseline.valued < fewestRows ? undefined : testRows(column, baseline, window));
  const { blocks, reference, own } = history ?? { blocks: [], reference: [], own: [] };
  const statistics = measureStatistics(column, baseline, window, blocks, reference);
  const distribution = measureDistribution(column, baseline, window);
  const measured = {
    column,
    rows,
    statistics,
    intervals: history ? measureIntervals(column, statistics, { ...history, past: history.pieces, window }) : {},
    test: history ? elseOfRows(past, history.test, ofRows) : testRows(column, baseline, window),
    ...(distribution && { distribution }),
    ...(history?.later && { later: history.later }),
  };

  const sigma = Math.sqrt(baseline.variance ?? 0);
  if (sigma === 0) return measured;
  const shift = measured.test.kind === 'independentRows' ? errorOfRows(baseline, window) : history?.shiftError;
  const shiftError = shift && { standardError: shift.standardError / sigma, degrees: shift.degrees, times: shift.times };
  const trend = trendPValue(own.map(({ sum, valued }) => sum / valued));
  return {
    ...measured,
    ...(shiftError ? { shiftError } : {}),
    ...(trend === undefined ? {} : { trendPValue: trend }),
  };
}

function errorOfRows(baseline: ColumnTotals, window: ColumnTotals): ShiftError | undefined {
  const shift = shiftOfRows(baseline, window);
  return shift && { standardError: shift.standardError, degrees: shift.degrees, times: 2 };
}
