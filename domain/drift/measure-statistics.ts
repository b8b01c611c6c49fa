import type { GridColumn, NumericColumn } from '../grid/grid.ts';
import { blockTest } from '../statistics/block-test.ts';
import { mergeCells } from '../statistics/cell-groups.ts';
import { chiSquare } from '../statistics/chi-square.ts';
import { cohensD } from '../statistics/cohens-d.ts';
import { hellinger } from '../statistics/hellinger.ts';
import { jensenShannon } from '../statistics/jensen-shannon.ts';
import { kolmogorovSmirnov } from '../statistics/kolmogorov-smirnov.ts';
import { kolmogorovSmirnovP } from '../statistics/kolmogorov-smirnov-p.ts';
import { lInfinity } from '../statistics/l-infinity.ts';
import { mannWhitney } from '../statistics/mann-whitney.ts';
import type { Moments } from '../statistics/moments.ts';
import { populationStabilityIndex } from '../statistics/population-stability-index.ts';
import { totalVariation } from '../statistics/total-variation.ts';
import { wasserstein } from '../statistics/wasserstein.ts';
import { welchT } from '../statistics/welch-t.ts';
import { baselineSigma } from './baseline-sigma.ts';
import type { ColumnTotals } from './column-totals.ts';
import { groupCells } from './group-cells.ts';
import { measurePredictions, type PredictionStatistic } from './measure-predictions.ts';
import { measureSummary, type SummaryStatistic } from './measure-summary.ts';
import { wassersteinInSigmas } from './wasserstein-in-sigmas.ts';

/** One name means one thing in every report; those that end in IndependentRows are right only where rows are independent. */
export type StatisticName = ShapeStatistic | NumericStatistic | SummaryStatistic | PredictionStatistic;
export type ColumnStatistics = Readonly<Partial<Record<StatisticName, number>>>;

type ShapeStatistic =
  | 'psi'
  | 'psiDebiased'
  | 'jensenShannonDivergence'
  | 'jensenShannonDistance'
  | 'jensenShannonDistanceDebiased'
  | 'hellinger'
  | 'lInfinity'
  | 'totalVariation'
  | 'chiSquare'
  | 'chiSquareDegrees'
  | 'chiSquarePValueIndependentRows';

type NumericStatistic =
  | 'kolmogorovSmirnov'
  | 'kolmogorovSmirnovErrorBound'
  | 'kolmogorovSmirnovPValueIndependentRows'
  | 'wasserstein'
  | 'wassersteinInSigmas'
  | 'meanShiftInSigmas'
  | 'cohensD'
  | 'welchT'
  | 'welchPValueIndependentRows'
  | 'mannWhitneyEffect'
  | 'mannWhitneyPValueIndependentRows';

type Measured<Name extends string> = Readonly<Record<Name, number | undefined>>;

/**
 * How far a column moved, in every customary unit. All columns: on at most ten groups of cells, for on fine cells these grow with their
 * number. Numbers as well: on the fine cells, and on those alone where the others are one group. What cannot be had, or is not finite, is left out.
 *
 * The debiased ones are less what they show when nothing moved: the block test's noise with blocks as long as the window, else
 * (cells - 1)(1/n + 1/m). They are what thresholds are held against.
 *
 * @param blocks blocks as long as the window; none when the past is too short for them
 * @param reference those of the blocks that are the baseline's
 *
 * Cost O(blocks x cells).
 */
export function measureStatistics(
  column: GridColumn,
  baseline: ColumnTotals,
  window: ColumnTotals,
  blocks: readonly ColumnTotals[],
  reference: readonly ColumnTotals[] = blocks,
): ColumnStatistics {
  const shape = measureShape(column, baseline, window, { blocks, reference });
  const measured =
    column.kind === 'categorical'
      ? shape
      : {
          ...measureNumbers(column, baseline, window),
          ...measureSummary(column, baseline, window),
          ...shape,
          ...(column.role === 'feature' ? {} : measurePredictions(baseline, window, blocks)),
        };
  return Object.fromEntries(Object.entries(measured).filter(([, value]) => Number.isFinite(value)));
}

/** One of the measures by which thresholds are held against a column, with no blocks of its past: what {@link measureStatistics} says. */
export function measureEffect(column: GridColumn, name: StatisticName, baseline: ColumnTotals, window: ColumnTotals): number | undefined {
  const value =
    name === 'wassersteinInSigmas'
      ? wassersteinInSigmas(column, baseline, window)
      : name === 'kolmogorovSmirnov'
        ? kolmogorovSmirnov(baseline.cells, window.cells)?.distance
        : measureShape(column, baseline, window, { blocks: [], reference: [] })[name as ShapeStatistic];
  return Number.isFinite(value) ? value : undefined;
}

function measureShape(
  column: GridColumn,
  baseline: ColumnTotals,
  window: ColumnTotals,
  { blocks, reference }: { readonly blocks: readonly ColumnTotals[]; readonly reference: readonly ColumnTotals[] },
): Partial<Measured<ShapeStatistic>> {
  const groups = groupCells(column, baseline.cells, Math.min(baseline.valued, window.valued));
  if (column.kind === 'numeric' && groups.length === 1) return {};
  const [p, q] = [mergeCells(baseline.cells, groups), mergeCells(window.cells, groups)];
  const merge = (block: ColumnTotals) => mergeCells(block.cells, groups);
  const noise =
    blockTest(blocks.map(merge), q, reference.map(merge))?.noise ?? (groups.length - 1) * (1 / baseline.valued + 1 / window.valued);
  const psi = populationStabilityIndex(p, q);
  const js = jensenShannon(p, q);
  const contingency = chiSquare(p, q);
  return {
    psi,
    psiDebiased: psi && Math.max(0, psi - noise),
    jensenShannonDivergence: js?.divergence,
    jensenShannonDistance: js?.distance,
    jensenShannonDistanceDebiased: js && Math.sqrt(Math.max(0, js.divergence - noise / (8 * Math.LN2))),
    hellinger: hellinger(p, q),
    lInfinity: lInfinity(p, q),
    totalVariation: totalVariation(p, q),
    chiSquare: contingency?.statistic,
    chiSquareDegrees: contingency?.degrees,
    chiSquarePValueIndependentRows: contingency?.pValue,
  };
}

function measureNumbers(column: NumericColumn, baseline: ColumnTotals, window: ColumnTotals): Measured<NumericStatistic> {
  const ks = kolmogorovSmirnov(baseline.cells, window.cells);
  const ranks = mannWhitney(baseline.cells, window.cells);
  const [before, now] = [momentsOf(baseline), momentsOf(window)];
  const welch = welchT(before, now);
  return {
    kolmogorovSmirnov: ks?.distance,
    kolmogorovSmirnovErrorBound: ks?.errorBound,
    kolmogorovSmirnovPValueIndependentRows: ks && kolmogorovSmirnovP(ks.distance, baseline.valued, window.valued),
    wasserstein: wasserstein(baseline, window, column.edges),
    wassersteinInSigmas: wassersteinInSigmas(column, baseline, window),
    meanShiftInSigmas: (now.mean - before.mean) / baselineSigma(baseline, window),
    cohensD: cohensD(before, now),
    welchT: welch?.t,
    welchPValueIndependentRows: welch?.pValue,
    mannWhitneyEffect: ranks?.effect,
    mannWhitneyPValueIndependentRows: ranks?.pValue,
  };
}

function momentsOf({ valued, mean = 0, variance = 0 }: ColumnTotals): Moments {
  return { rows: valued, mean, variance };
}
