import type { Gate } from '../policy/policy.ts';
import { figure } from './figure.ts';
import { lossOf, metricOf } from './loss.ts';
import type { ScoredRow } from './scored-row.ts';
import { smallestSample } from './smallest-sample.ts';
import type { GateResult } from './verdict.ts';

/** The candidate's metric on all rows against a fixed value: at most it for errors, at least it for accuracy. */
export function assessMinimum(gate: Extract<Gate, { gate: 'minimum' }>, candidate: readonly ScoredRow[], policyPath: string): GateResult {
  const { metric, value: threshold } = gate;
  const losses = candidate.flatMap((row) => lossOf(metric, row) ?? []).toSorted((a, b) => a - b);
  const base = { gate: 'minimum', metric, threshold, rows: losses.length, policyPath };
  if (losses.length < smallestSample.rows) {
    const missing = `${smallestSample.rows - losses.length} more rows`;
    return { ...base, outcome: 'inconclusive', missing, says: `${losses.length} rows are too few to judge ${metric}: ${missing} needed.` };
  }
  const value = metricOf(metric, losses.reduce((sum, loss) => sum + loss, 0) / losses.length);
  const good = metric === 'accuracy' ? value >= threshold : value <= threshold;
  const asked = `${metric === 'accuracy' ? 'at least' : 'at most'} ${figure(threshold)} asked`;
  return {
    ...base,
    outcome: good ? 'pass' : 'fail',
    candidate: value,
    says: `${metric} ${figure(value)} on ${losses.length} rows, ${asked}.`,
  };
}
