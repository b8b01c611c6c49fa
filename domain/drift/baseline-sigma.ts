import type { ColumnTotals } from './column-totals.ts';

/**
 * The sigma in which a column's movement is told: the baseline's (ddof 0), or that of baseline and window together when the baseline is
 * constant. 0 when both are, and for categories.
 */
export function baselineSigma(baseline: ColumnTotals, window: ColumnTotals): number {
  const rows = baseline.valued + window.valued;
  const within = (baseline.valued * (baseline.variance ?? 0) + window.valued * (window.variance ?? 0)) / rows;
  const between = ((baseline.valued * window.valued) / rows ** 2) * ((baseline.mean ?? 0) - (window.mean ?? 0)) ** 2;
  return Math.sqrt(baseline.variance || within + between);
}
