import type { NumericColumn } from '../grid/grid.ts';
import { quantileOfCells } from '../statistics/quantile-of-cells.ts';
import type { ColumnTotals } from './column-totals.ts';

type SummaryFigure = 'mean' | 'standardDeviation' | 'smallest' | 'largest' | 'firstQuartile' | 'median' | 'thirdQuartile';
export type SummaryStatistic = SummaryFigure | `${SummaryFigure}InBaseline`;

/**
 * What any table of numbers begins with, of window and baseline, in the column's own unit: mean, standard deviation (ddof 0) and range of
 * the values, and their quartiles to within a cell, see {@link quantileOfCells}.
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
  };
}

function summaryOf({ edges }: NumericColumn, totals: ColumnTotals): Readonly<Record<SummaryFigure, number | undefined>> {
  const { mean, variance, smallest, largest } = totals;
  return {
    mean,
    standardDeviation: variance === undefined ? undefined : Math.sqrt(variance),
    smallest,
    largest,
    firstQuartile: quantileOfCells(0.25, totals, edges),
    median: quantileOfCells(0.5, totals, edges),
    thirdQuartile: quantileOfCells(0.75, totals, edges),
  };
}
