import { tTail } from '../statistics/tails.ts';
import type { ColumnTotals } from './column-totals.ts';

export interface RowShift {
  /** Of the difference of the means, in the column's unit. */
  readonly standardError: number;
  readonly degrees: number;
  /** Two-sided. Without any spread a difference is certain. */
  readonly pDifferent: number;
}

/**
 * Difference of two means with every row taken as independent: the standard error adds up the variances over the rows (ddof 0), t with
 * n + m - 2 degrees of freedom.
 *
 * @returns undefined for categories and for fewer than two rows in a sample
 */
export function shiftOfRows(baseline: ColumnTotals, window: ColumnTotals): RowShift | undefined {
  if (baseline.mean === undefined || window.mean === undefined || Math.min(baseline.valued, window.valued) < 2) return undefined;
  const standardError = Math.sqrt((baseline.variance ?? 0) / baseline.valued + (window.variance ?? 0) / window.valued);
  const degrees = baseline.valued + window.valued - 2;
  const difference = Math.abs(window.mean - baseline.mean);
  if (standardError === 0) return { standardError, degrees, pDifferent: difference === 0 ? 1 : 0 };
  return { standardError, degrees, pDifferent: Math.min(1, 2 * tTail(difference / standardError, degrees)) };
}
