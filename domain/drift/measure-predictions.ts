import { sampleStandardDeviation } from 'simple-statistics';
import type { NumericColumn } from '../grid/grid.ts';
import type { ColumnTotals } from './column-totals.ts';

export type PredictionStatistic =
  | 'meanInBlockDeviations'
  | 'blockMeansApartInSigmas'
  | 'firstQuartile'
  | 'firstQuartileInBaseline'
  | 'shareAtOrBeyondRange'
  | 'shareAtOrBeyondRangeInBaseline';

/**
 * What is asked of predicted numbers and scores besides their shift; told, and not judged.
 *
 * - how many standard deviations of the past's block means (ddof 1) the window's mean lies from their mean: beyond 2 is customary to look at
 * - how far those block means lie apart, in baseline sigmas: how steady predictions are from block to block
 * - the first quartile of both: the lower edge of the cell in which a quarter of the rows is reached
 * - the share of rows below the smallest value the grid was cut on, or not below the largest
 *
 * @param blocks as long as the window; none when the past is too short for them
 *
 * Cost O(cells + blocks).
 */
export function measurePredictions(
  column: NumericColumn,
  baseline: ColumnTotals,
  window: ColumnTotals,
  blocks: readonly ColumnTotals[],
): Readonly<Record<PredictionStatistic, number | undefined>> {
  const means = blocks.map(({ sum, valued }) => sum / valued);
  const apart = means.length < 2 ? undefined : sampleStandardDeviation(means);
  const centre = means.reduce((sum, mean) => sum + mean, 0) / means.length;
  return {
    meanInBlockDeviations: apart ? (window.sum / window.valued - centre) / apart : undefined,
    blockMeansApartInSigmas: apart !== undefined && baseline.variance ? apart / Math.sqrt(baseline.variance) : undefined,
    firstQuartile: firstQuartile(column, window),
    firstQuartileInBaseline: firstQuartile(column, baseline),
    shareAtOrBeyondRange: beyond(window),
    shareAtOrBeyondRangeInBaseline: beyond(baseline),
  };
}

function firstQuartile({ edges }: NumericColumn, { cells, valued }: ColumnTotals): number | undefined {
  let below = 0;
  const cell = cells.findIndex((rows) => {
    below += rows;
    return below >= valued / 4;
  });
  return edges[Math.max(0, cell - 1)];
}

function beyond({ cells, valued }: ColumnTotals): number {
  return ((cells[0] ?? 0) + (cells.at(-1) ?? 0)) / valued;
}
