import type { OutcomeCounts } from '../ledger/entry.ts';
import { traitsOf } from '../policy/metric-traits.ts';
import type { MetricName } from '../policy/policy.ts';

/**
 * Only what a metric is made of: days are added up many times over, and cells of scores are most of what they hold. The scores of one class
 * stand in place of the positive one's.
 *
 * @param of the class, where the metric is of one
 */
export function carriedCounts(metric: MetricName, of: string | undefined, counts: OutcomeCounts): OutcomeCounts {
  const { matched, scores, classScores, classLosses: _, measures: __, ...others } = counts;
  const { needs } = traitsOf(metric);
  if (needs === 'score') return { matched, ...(scores && { scores }) };
  if (needs !== 'scores') return { matched, ...others };
  if (of === undefined) return { matched, ...(classScores && { classScores }) };
  const ofClass = classScores?.[of];
  return { matched, ...(ofClass && { scores: ofClass }) };
}
