import type { Measure } from './measure.ts';
import type { Policy } from './policy.ts';

/**
 * What a policy has counted besides what the sample shows: of rows with an outcome measures, and scores of several classes by class; of columns
 * their sound values.
 */
export function addedToGrid({ measures, columns, sources: { predictions } }: Policy): {
  readonly measures: readonly Measure[];
  readonly scores: Readonly<Record<string, string>>;
  readonly ranges: Policy['columns']['ranges'];
} {
  const scores = predictions.from !== 'gateway' && predictions.score instanceof Object ? predictions.score : {};
  return { measures, scores, ranges: columns.ranges };
}
