import { logLoss } from '../performance/metrics/log-loss.ts';
import { absolutePercentageError, symmetricPercentageError } from '../performance/metrics/percentage-errors.ts';
import type { MetricName } from '../policy/policy.ts';
import { asNumber, className } from './answer.ts';
import { isUsable } from './is-usable.ts';
import type { ScoredRow } from './scored-row.ts';

/** Metrics that are a mean loss of single rows, so that two models can be compared row by row. */
export type RowLossName = keyof typeof losses;

type Answered = Required<{ [K in keyof ScoredRow]: NonNullable<ScoredRow[K]> }>;

const losses = {
  mae: (row: Answered) => Math.abs(errorOf(row)),
  rmse: (row: Answered) => errorOf(row) ** 2,
  mape: ({ prediction, label }: Answered) => absolutePercentageError(asNumber(prediction), asNumber(label)),
  smape: ({ prediction, label }: Answered) => symmetricPercentageError(asNumber(prediction), asNumber(label)),
  accuracy: ({ label, prediction }: Answered) => (className(label) === className(prediction) ? 0 : 1),
  logLoss: ({ score, label }: Answered, positive?: string) => logLoss(score, className(label) === positive),
  brier: ({ score, label }: Answered, positive?: string) => (score - (className(label) === positive ? 1 : 0)) ** 2,
};

export function isRowLoss(metric: MetricName): metric is RowLossName {
  return metric in losses;
}

/**
 * What a row adds to the metric: |error| for mae, error² for rmse, its share of the label for mape and smape, 0 or 1 for
 * accuracy, nats for logLoss, (score - outcome)² for brier. Undefined where the row is not usable, and for mape where the label is 0.
 *
 * @param positive name of the class that scores are of, see {@link className}
 */
export function lossOf(metric: RowLossName, row: ScoredRow, positive?: string): number | undefined {
  return isUsable(metric, row) ? losses[metric](row as Answered, positive) : undefined;
}

/** The metric in its own unit, from its mean loss. */
export function metricOf(metric: RowLossName, meanLoss: number): number {
  if (metric === 'rmse') return Math.sqrt(meanLoss);
  return metric === 'accuracy' ? 1 - meanLoss : meanLoss;
}

function errorOf({ prediction, label }: Answered): number {
  return asNumber(prediction) - asNumber(label);
}
