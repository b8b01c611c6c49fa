import type { Measure } from './measure.ts';
import type { Policy, RankingTask } from './policy.ts';

/**
 * What a policy has counted besides what the sample shows: of rows with an outcome measures, and scores of several classes by class; of
 * queries their metrics; of columns their sound values.
 */
export function addedToGrid({ measures, columns, task, sources: { predictions } }: Policy): {
  readonly measures: readonly Measure[];
  readonly scores: Readonly<Record<string, string>>;
  readonly ranges: Policy['columns']['ranges'];
  readonly ranking?: Pick<RankingTask, 'query' | 'at'>;
} {
  const scores = predictions.from !== 'gateway' && predictions.score instanceof Object ? predictions.score : {};
  const ranking = task.kind === 'ranking' ? { ranking: { query: task.query, at: task.at } } : {};
  return { measures, scores, ranges: columns.ranges, ...ranking };
}
