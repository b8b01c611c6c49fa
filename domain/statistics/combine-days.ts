import { median } from 'simple-statistics';

/**
 * One p-value from those of a window's single days: twice their median, at most 1. Valid however the days depend on each other.
 *
 * @returns undefined when no day could be tested
 *
 * Source: Rüger 1978; Vovk & Wang, "Combining p-values via averaging", 2020.
 */
export function combineDays(pValues: readonly number[]): number | undefined {
  return pValues.length === 0 ? undefined : Math.min(1, 2 * median([...pValues]));
}
