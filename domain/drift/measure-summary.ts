import type { NumericColumn } from '../grid/grid.ts';
import { quantileOfCells } from '../statistics/quantile-of-cells.ts';
import type { ColumnTotals } from './column-totals.ts';

type SummaryFigure = 'mean' | 'standardDeviation' | 'smallest' | 'largest' | 'firstQuartile' | 'median' | 'thirdQuartile' | 'percentile95';
export type SummaryStatistic = SummaryFigure | `${SummaryFigure}InBaseline`;

/**
 * What any table of numbers begins with, of window and baseline, in the column's own unit: mean, standard deviation (ddof 0) and range of
 * the values, and their quartiles to within a cell, see {@link quantileOfCells}; of the lengths of texts the 95th percentile as well.
 *
 * Cost O(cells).
 */
export function measureSummary(
  column: NumericColumn,
  baseline: ColumnTotals,
  window: ColumnTotals,
): Readonly<Record<SummaryStatistic, number | undefined>> {
  const [before, now] = [summaryOf(column, baseline), summaryOf(column, window)];
  return {
    ...now,
    meanInBaseline: before.mean,
    standardDeviationInBaseline: before.standardDeviation,
    smallestInBaseline: before.smallest,
    largestInBaseline: before.largest,
    firstQuartileInBaseline: before.firstQuartile,
    medianInBaseline: before.median,
    thirdQuartileInBaseline: before.thirdQuartile,
    percentile95InBaseline: before.percentile95,
  };
}

function summaryOf({ edges, of }: NumericColumn, totals: ColumnTotals): Readonly<Record<SummaryFigure, number | undefined>> {
  const { mean, variance, smallest, largest } = totals;
  return {
    mean,
    standardDeviation: variance === undefined ? undefined : Math.sqrt(variance),
    smallest,
    largest,
    firstQuartile: quantileOfCells(0.25, totals, edges),
    median: quantileOfCells(0.5, totals, edges),
    thirdQuartile: quantileOfCells(0.75, totals, edges),
    percentile95: of === 'text' ? quantileOfCells(0.95, totals, edges) : undefined,
  };
}
