import type { OutcomeCounts } from '../ledger/entry.ts';
import type { MetricName } from '../policy/policy.ts';
import type { RatioSums } from '../statistics/block-t.ts';

/** A loss over some rows as sum and number of rows, so that days can be added: more is always worse. */
export interface LossSums extends RatioSums {
  /** Variance of the loss from row to row; 0 where the counts do not tell. */
  readonly rowVariance: number;
}

/**
 * mae: absolute errors · rmse: squared errors · accuracy: wrong answers. Outcomes that do not carry the metric's sum count no rows.
 *
 * @param unit fixed-point unit of the prediction column
 */
export function sumLosses(metric: MetricName, outcomes: readonly OutcomeCounts[], unit: number): LossSums {
  const part = metric === 'mae' ? 'absoluteError' : metric === 'rmse' ? 'squaredError' : 'correct';
  const counted = outcomes.filter((day) => day[part] !== undefined);
  const x = counted.reduce((rows, { matched }) => rows + matched, 0);
  if (x <= 0) return { x: 0, y: 0, rowVariance: 0 };

  const squares = Number(counted.reduce((sum, day) => sum + BigInt(day.squaredError ?? '0'), 0n)) * unit ** 2;
  switch (metric) {
    case 'mae': {
      const y = Number(counted.reduce((sum, day) => sum + BigInt(day.absoluteError ?? '0'), 0n)) * unit;
      return { x, y, rowVariance: Math.max(0, squares / x - (y / x) ** 2) };
    }
    case 'rmse':
      return { x, y: squares, rowVariance: 0 };
    case 'accuracy': {
      const y = x - counted.reduce((right, { correct }) => right + (correct ?? 0), 0);
      return { x, y, rowVariance: (y / x) * (1 - y / x) };
    }
  }
}

/** The metric itself from a mean loss, in the metric's own unit. */
export function metricOfLoss(metric: MetricName, meanLoss: number): number {
  if (metric === 'accuracy') return 1 - meanLoss;
  return metric === 'rmse' ? Math.sqrt(Math.max(0, meanLoss)) : meanLoss;
}

/** How much worse a metric is than a reference, above 0 is worse: accuracy is worse when it is lower, an error when it is higher. */
export function worsening(metric: MetricName, value: number, reference: number): number {
  return metric === 'accuracy' ? reference - value : value - reference;
}
