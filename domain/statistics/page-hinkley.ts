import { type ChangeDetector, finite } from './change-detector.ts';

export interface PageHinkleyState {
  readonly values: number;
  readonly mean: number;
  /** What the values have exceeded their mean by, the tolerance taken off; never below 0. */
  readonly excess: number;
}

const fewestValues = 30;
/** Old excess counts for so much less with each value. */
const forgetting = 0.9999;

/**
 * Page–Hinkley test for a rise of the mean: the excess of the values over their own running mean is added up, and a change is told when
 * the sum reaches the threshold, after 30 values at the earliest. Falls are not seen.
 *
 * It gives no bound on false alarms: tolerance and threshold are in the unit of the values, and how often steady values reach the
 * threshold depends on their spread. The e-detector states one.
 *
 * @param tolerance rise of the mean that does not matter
 * @param threshold sum of excess at which a change is told
 *
 * Cost O(1) a value, in time and memory. Source: Page, "Continuous inspection schemes", 1954; the form with forgetting is river's.
 */
export function pageHinkley(tolerance: number, threshold: number): ChangeDetector<PageHinkleyState> {
  const start: PageHinkleyState = { values: 0, mean: 0, excess: 0 };
  return {
    start,
    observe(before, value) {
      const values = before.values + 1;
      const mean = before.mean + (finite(value) - before.mean) / values;
      const excess = Math.max(0, forgetting * before.excess + value - mean - tolerance);
      const changed = values >= fewestValues && excess >= threshold;
      return { state: changed ? start : { values, mean, excess }, changed };
    },
  };
}
