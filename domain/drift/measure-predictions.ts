import { sampleStandardDeviation } from 'simple-statistics';
import type { ColumnTotals } from './column-totals.ts';

export type PredictionStatistic =
  | 'meanInBlockDeviations'
  | 'blockMeansApartInSigmas'
  | 'shareAtOrBeyondRange'
  | 'shareAtOrBeyondRangeInBaseline';

/**
 * What is asked of predicted numbers and scores besides their shift; told, and not judged.
 *
 * - how many standard deviations of the past's block means (ddof 1) the window's mean lies from their mean: beyond 2 is customary to look at
 * - how far those block means lie apart, in baseline sigmas: how steady predictions are from block to block
 * - the share of rows below the smallest value the grid was cut on, or not below the largest
 *
 * @param blocks as long as the window; none when the past is too short for them
 *
 * Cost O(cells + blocks).
 */
export function measurePredictions(
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
    shareAtOrBeyondRange: beyond(window),
    shareAtOrBeyondRangeInBaseline: beyond(baseline),
  };
}

function beyond({ cells, valued }: ColumnTotals): number {
  return ((cells[0] ?? 0) + (cells.at(-1) ?? 0)) / valued;
}
