import type { Measure } from './measure.ts';
import type { Policy } from './policy.ts';

/** What a policy has counted of rows with an outcome, besides how right they are: measures, and scores of several classes by class. */
export function addedToGrid({ measures, sources: { predictions } }: Policy): {
  readonly measures: readonly Measure[];
  readonly scores: Readonly<Record<string, string>>;
} {
  return { measures, scores: predictions.from !== 'gateway' && predictions.score instanceof Object ? predictions.score : {} };
}
