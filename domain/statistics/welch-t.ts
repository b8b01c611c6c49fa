import { type Moments, sampleVariance } from './moments.ts';
import { tTail } from './tails.ts';

/**
 * Welch's t test of two means without taking the variances (ddof 1) as equal; positive when the window's mean is the larger one.
 *
 * It takes rows as independent. Rows of one day are alike, so over days that differ it alarms far too often: use the block t there.
 *
 * @returns t, Satterthwaite's degrees of freedom and the two-sided p-value; undefined with fewer than two rows in a sample or no
 * spread in either
 *
 * Cost O(1). Source: Welch, "The generalization of 'Student's' problem when several different population variances are involved", 1947.
 */
export function welchT(
  baseline: Moments,
  window: Moments,
): { readonly t: number; readonly degrees: number; readonly pValue: number } | undefined {
  if (baseline.rows < 2 || window.rows < 2) return undefined;
  const [a, b] = [sampleVariance(baseline) / baseline.rows, sampleVariance(window) / window.rows];
  const squaredError = a + b;
  if (!(squaredError > 0)) return undefined;

  const t = (window.mean - baseline.mean) / Math.sqrt(squaredError);
  const [shareA, shareB] = [a / squaredError, b / squaredError];
  const degrees = 1 / (shareA ** 2 / (baseline.rows - 1) + shareB ** 2 / (window.rows - 1));
  return { t, degrees, pValue: Math.min(1, 2 * tTail(Math.abs(t), degrees)) };
}
