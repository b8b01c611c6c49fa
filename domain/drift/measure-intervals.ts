import type { GridColumn } from '../grid/grid.ts';
import { blockJackknife } from '../statistics/block-jackknife.ts';
import { mergeCells } from '../statistics/cell-groups.ts';
import { jensenShannon } from '../statistics/jensen-shannon.ts';
import { kolmogorovSmirnov } from '../statistics/kolmogorov-smirnov.ts';
import { populationStabilityIndex } from '../statistics/population-stability-index.ts';
import { tQuantile } from '../statistics/t-quantile.ts';
import { type ColumnTotals, withoutPart } from './column-totals.ts';
import { groupCells } from './group-cells.ts';
import { type EffectName, judgedEffects, judgedOf } from './judged-effect.ts';
import type { ColumnStatistics } from './measure-statistics.ts';
import { wassersteinInSigmas } from './wasserstein-in-sigmas.ts';

export type EffectIntervals = Readonly<Partial<Record<EffectName, readonly [number, number]>>>;

/** Stable pieces of the past, the whole of them, and the window they are compared with. */
export interface Pieces {
  readonly past: readonly ColumnTotals[];
  readonly whole: ColumnTotals;
  readonly window: ColumnTotals;
  /** Length of the window in pieces. */
  readonly inWindow: number;
}

const tail = 0.025;

/**
 * Intervals, two-sided 95%, of the effects a column is judged by: the block jackknife over the pieces of the past, widened for the
 * window, which is taken to vary as pieces of its length do: standard error x sqrt(1 + pieces / pieces in the window), Student's t.
 *
 * An effect is never under 0 and is above it when nothing moved: an interval that leaves out 0 is no test.
 *
 * @returns nothing with fewer than two pieces
 *
 * Cost O(pieces x cells).
 */
export function measureIntervals(column: GridColumn, statistics: ColumnStatistics, pieces: Pieces): EffectIntervals {
  const { past, whole, inWindow } = pieces;
  const baselines = past.map((piece) => withoutPart(column, whole, piece)).filter(({ valued }) => valued > 0);
  const widened = Math.sqrt(1 + past.length / inWindow);
  const intervals: Partial<Record<EffectName, readonly [number, number]>> = {};
  for (const effect of judgedOf[column.kind]) {
    const { statistic, most } = judgedEffects[effect];
    const value = statistics[statistic];
    const error = blockJackknife(baselines.flatMap(estimateOf(effect, column, statistics, pieces)));
    if (value === undefined || error === undefined) continue;
    const reach = tQuantile(tail, error.degrees) * error.standardError * widened;
    intervals[effect] = [Math.max(0, value - reach), Math.min(most, value + reach)];
  }
  return intervals;
}

/** The effect as it would be against another baseline, on the same groups of cells and less the same noise. */
function estimateOf(effect: EffectName, column: GridColumn, statistics: ColumnStatistics, { whole, window }: Pieces) {
  const groups = groupCells(column, whole.cells, Math.min(whole.valued, window.valued));
  const merged = mergeCells(window.cells, groups);
  const { jensenShannonDivergence = 0, jensenShannonDistanceDebiased = 0 } = statistics;
  const noise = jensenShannonDivergence - jensenShannonDistanceDebiased ** 2;
  return (baseline: ColumnTotals): number | [] => {
    switch (effect) {
      case 'wassersteinInSigmas':
        return wassersteinInSigmas(column, baseline, window) ?? [];
      case 'kolmogorovSmirnov':
        return kolmogorovSmirnov(baseline.cells, window.cells)?.distance ?? [];
      case 'psi':
        return populationStabilityIndex(mergeCells(baseline.cells, groups), merged) ?? [];
      case 'jensenShannon':
        return Math.sqrt(Math.max(0, (jensenShannon(mergeCells(baseline.cells, groups), merged)?.divergence ?? 0) - noise));
    }
  };
}
