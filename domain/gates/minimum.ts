import { isWorseWhenLarger } from '../policy/drop.ts';
import type { Gate } from '../policy/policy.ts';
import { figure } from './figure.ts';
import type { GatedTask } from './gated-task.ts';
import { measureRows } from './measure-rows.ts';
import type { ScoredRow } from './scored-row.ts';
import type { GateResult } from './verdict.ts';

/** The candidate's metric on all rows against a fixed value: at most it for errors, at least it for all else. */
export function assessMinimum(
  { metric, value: threshold }: Extract<Gate, { gate: 'minimum' }>,
  candidate: readonly ScoredRow[],
  policyPath: string,
  task: GatedTask = {},
): GateResult {
  const { rows, value, missing } = measureRows(metric, candidate, task);
  const base = { gate: 'minimum', metric, threshold, rows, policyPath };
  if (value === undefined) {
    return { ...base, outcome: 'inconclusive', missing: missing ?? '', says: `${rows} rows do not tell ${metric}: it needs ${missing}.` };
  }
  const atMost = isWorseWhenLarger(metric);
  const good = atMost ? value <= threshold : value >= threshold;
  return {
    ...base,
    outcome: good ? 'pass' : 'fail',
    candidate: value,
    says: `${metric} ${figure(value)} on ${rows} rows, at ${atMost ? 'most' : 'least'} ${figure(threshold)} asked.`,
  };
}
