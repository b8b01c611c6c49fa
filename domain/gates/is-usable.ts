import { traitsOf } from '../policy/metric-traits.ts';
import type { MetricName } from '../policy/policy.ts';
import { asNumber } from './answer.ts';
import type { ScoredRow } from './scored-row.ts';

/**
 * Whether a metric can be taken of a row: label and prediction are there; for a quantity both are finite numbers, for an item
 * of a query what it is ordered by; for a metric of scores
 * there is a score, between 0 and 1 where it is taken as a probability.
 */
export function isUsable(metric: MetricName, { label, prediction, score }: ScoredRow): boolean {
  if (label === null || prediction === null) return false;
  const { task, needs } = traitsOf(metric);
  if (task === 'regression') return Number.isFinite(asNumber(prediction) - asNumber(label));
  if (task === 'ranking') return Number.isFinite(asNumber(prediction));
  if (needs !== 'score') return true;
  return score !== undefined && (!isOfProbability(metric) || (score >= 0 && score <= 1));
}

function isOfProbability(metric: MetricName): boolean {
  return metric === 'logLoss' || metric === 'brier';
}
