import type { GateMetricName } from '../policy/policy.ts';
import type { ScoredRow } from './scored-row.ts';

/**
 * What one row adds to the metric: |error| for mae, error² for rmse, 0 or 1 for accuracy. Absent where label or prediction is
 * no number (mae, rmse) or missing.
 */
export function lossOf(metric: GateMetricName, { label, prediction }: ScoredRow): number | undefined {
  if (label === null || prediction === null) return undefined;
  if (metric === 'accuracy') return sameClass(label, prediction) ? 0 : 1;

  const error = asNumber(prediction) - asNumber(label);
  if (!Number.isFinite(error)) return undefined;
  return metric === 'mae' ? Math.abs(error) : error * error;
}

/** The metric in its own unit, from its mean loss. */
export function metricOf(metric: GateMetricName, meanLoss: number): number {
  if (metric === 'mae') return meanLoss;
  return metric === 'rmse' ? Math.sqrt(meanLoss) : 1 - meanLoss;
}

/** 1, "1" and 1.0 are one class; so are true and "true". */
function sameClass(label: string | number | boolean, prediction: string | number | boolean): boolean {
  return String(label) === String(prediction) || asNumber(label) === asNumber(prediction);
}

function asNumber(value: string | number | boolean): number {
  if (typeof value === 'boolean') return value ? 1 : 0;
  return typeof value === 'string' && value.trim() === '' ? Number.NaN : Number(value);
}
