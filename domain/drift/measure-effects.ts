import type { GridColumn } from '../grid/grid.ts';
import { blockTest } from '../statistics/block-test.ts';
import { mergeCells } from '../statistics/cell-groups.ts';
import { jensenShannon } from '../statistics/jensen-shannon.ts';
import { kolmogorovSmirnov } from '../statistics/kolmogorov-smirnov.ts';
import { populationStabilityIndex } from '../statistics/population-stability-index.ts';
import { wasserstein } from '../statistics/wasserstein.ts';
import type { ColumnTotals } from './column-totals.ts';
import { groupCells } from './group-cells.ts';

export type EffectName = 'wassersteinInSigmas' | 'kolmogorovSmirnov' | 'psi' | 'jensenShannon';
export type Effects = Readonly<Partial<Record<EffectName, number>>>;

/**
 * How far a column moved, whatever the reason. Numbers: Wasserstein in baseline sigmas (of baseline and window together when the
 * baseline is constant) and Kolmogorov–Smirnov, on the fine cells. All columns: PSI and the base-2 Jensen–Shannon distance on at most
 * ten groups of cells, less what they show when nothing moved: the block test's noise with blocks as long as the window, else
 * (cells - 1)(1/n + 1/m).
 *
 * @param blocks blocks as long as the window; none when the past is too short for them
 */
export function measureEffects(column: GridColumn, baseline: ColumnTotals, window: ColumnTotals, blocks: readonly ColumnTotals[]): Effects {
  const shape = measureShape(column, baseline, window, blocks);
  if (column.kind === 'categorical') return shape;

  const distance = kolmogorovSmirnov(baseline.cells, window.cells)?.distance;
  const moved = wasserstein(baseline, window, column.edges);
  const sigma = Math.sqrt(baseline.variance || varianceTogether(baseline, window));
  return {
    ...(moved !== undefined && sigma > 0 ? { wassersteinInSigmas: moved / sigma } : {}),
    ...(distance !== undefined ? { kolmogorovSmirnov: distance } : {}),
    ...shape,
  };
}

function varianceTogether(a: ColumnTotals, b: ColumnTotals): number {
  const rows = a.valued + b.valued;
  const within = (a.valued * (a.variance ?? 0) + b.valued * (b.variance ?? 0)) / rows;
  return within + ((a.valued * b.valued) / rows ** 2) * ((a.mean ?? 0) - (b.mean ?? 0)) ** 2;
}

function measureShape(column: GridColumn, baseline: ColumnTotals, window: ColumnTotals, blocks: readonly ColumnTotals[]): Effects {
  const groups = groupCells(column, baseline.cells, baseline.valued);
  const [p, q] = [mergeCells(baseline.cells, groups), mergeCells(window.cells, groups)];
  const psi = populationStabilityIndex(p, q);
  const divergence = jensenShannon(p, q)?.divergence;
  if (psi === undefined || divergence === undefined) return {};

  const rowsAlone = (groups.length - 1) * (1 / baseline.valued + 1 / window.valued);
  const merged = blocks.map((block) => mergeCells(block.cells, groups));
  const noise = blockTest(merged, q)?.noise ?? rowsAlone;
  return { psi: Math.max(0, psi - noise), jensenShannon: Math.sqrt(Math.max(0, divergence - noise / (8 * Math.LN2))) };
}
