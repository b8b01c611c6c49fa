import { total } from '../../statistics/counts.ts';
import type { ClassTotals } from './class-totals.ts';

/**
 * Correlation of predicted and true class, -1…1 with two classes; 0 for guessing. Undefined without rows.
 *
 * (right rows - sum predicted actual) / sqrt((rows^2 - sum predicted^2)(rows^2 - sum actual^2)), right as the sum over classes.
 * 0 where all rows are of one class or predicted as one: a constant tells nothing.
 *
 * Source: Gorodkin, "Comparing two K-category assignments by a K-category correlation coefficient", 2004.
 */
export function matthewsCorrelation({ right, actual, predicted }: ClassTotals): number | undefined {
  const rows = total(actual);
  if (rows <= 0) return undefined;
  const shares = (counts: readonly number[]) => counts.map((count) => count / rows);
  const [hits, truth, said] = [total(right) / rows, shares(actual), shares(predicted)];
  const product = (a: readonly number[], b: readonly number[]) => a.reduce((sum, share, place) => sum + share * (b[place] as number), 0);
  const spread = (1 - product(said, said)) * (1 - product(truth, truth));
  if (isConstant(actual, rows) || isConstant(predicted, rows)) return 0;
  return Math.max(-1, Math.min(1, (hits - product(truth, said)) / Math.sqrt(spread)));
}

function isConstant(counts: readonly number[], rows: number): boolean {
  return counts.some((count) => count === rows);
}
