import type { OutcomeCounts } from '../ledger/entry.ts';
import type { MetricName } from '../policy/policy.ts';
import { smallestSample } from './smallest-sample.ts';

/** What rows lack for a metric of queries to be judged; undefined where nothing is, and of all other metrics. */
export function queriesLacking(metric: MetricName, { queries }: OutcomeCounts): string | undefined {
  if (metric !== 'ndcg' && metric !== 'averagePrecision') return undefined;
  const there = (metric === 'ndcg' ? queries?.ordered : queries?.relevant) ?? 0;
  return there >= smallestSample.rows ? undefined : `${smallestSample.rows - there} more queries with a relevant item`;
}
