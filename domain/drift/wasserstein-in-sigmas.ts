import type { GridColumn } from '../grid/grid.ts';
import { wasserstein } from '../statistics/wasserstein.ts';
import { baselineSigma } from './baseline-sigma.ts';
import type { ColumnTotals } from './column-totals.ts';

/** Wasserstein distance of a numeric column in baseline sigmas; undefined for categories, empty samples and constant columns. */
export function wassersteinInSigmas(column: GridColumn, baseline: ColumnTotals, window: ColumnTotals): number | undefined {
  if (column.kind === 'categorical') return undefined;
  const distance = wasserstein(baseline, window, column.edges);
  const sigma = baselineSigma(baseline, window);
  return distance === undefined || sigma === 0 ? undefined : distance / sigma;
}
