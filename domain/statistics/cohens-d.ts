import { type Moments, sampleVariance } from './moments.ts';

/**
 * Cohen's d: mean of the window less that of the baseline, in standard deviations pooled over both (ddof 1 in each).
 *
 * The shift in baseline sigmas differs from it as soon as the window's spread is another, or its rows pull the pooled spread.
 *
 * @returns undefined with fewer than two rows in a sample or no spread in either
 *
 * Cost O(1). Source: Cohen, "Statistical Power Analysis for the Behavioral Sciences", 1988, chapter 2.
 */
export function cohensD(baseline: Moments, window: Moments): number | undefined {
  if (baseline.rows < 2 || window.rows < 2) return undefined;
  const [n, m] = [baseline.rows - 1, window.rows - 1];
  const pooled = (n * sampleVariance(baseline) + m * sampleVariance(window)) / (n + m);
  return pooled > 0 ? (window.mean - baseline.mean) / Math.sqrt(pooled) : undefined;
}
