import type { GateResult } from './verdict.ts';

/** A candidate may leave one row in a hundred unanswered. */
export const toleratedFailureShare = 0.01;

/** Whether the candidate answers at all: a model that fails on rows cannot be judged by the rows it chose to answer. */
export function assessAnswers(rows: number, failures: number): GateResult {
  const base = { gate: 'answers', metric: 'failures', threshold: toleratedFailureShare, rows, policyPath: '/gates' };
  if (rows === 0) {
    return { ...base, outcome: 'inconclusive', missing: 'rows to answer', says: 'There were no rows to answer.' };
  }
  const share = failures / rows;
  const says = `${failures} of ${rows} rows got no usable answer (${(100 * share).toFixed(1)}%, at most 1% is tolerated).`;
  return { ...base, outcome: share > toleratedFailureShare ? 'fail' : 'pass', candidate: share, says };
}
