import type { OutcomeCounts, ScoreCounts } from '../ledger/entry.ts';

/**
 * The unweighted mean over classes of what is measured of each one's scores, that class against all others; undefined where any class
 * cannot be measured, since the mean of the others would be another metric.
 */
export function meanOfClasses(
  { classScores = {} }: OutcomeCounts,
  measure: (scores: ScoreCounts) => number | undefined,
): number | undefined {
  const values = Object.values(classScores).map(measure);
  const sum = values.reduce<number | undefined>(
    (before, value) => (before === undefined || value === undefined ? undefined : before + value),
    0,
  );
  return sum === undefined || values.length === 0 ? undefined : sum / values.length;
}
