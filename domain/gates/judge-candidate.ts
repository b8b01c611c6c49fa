import type { EventTime } from '../identity/event-time.ts';
import type { DecisionId, Digest, ModelName, Version } from '../identity/names.ts';
import type { Gate } from '../policy/policy.ts';
import { className } from './answer.ts';
import { assessAnswers } from './answers.ts';
import { combine } from './combine.ts';
import type { GatedTask } from './gated-task.ts';
import { isUsable } from './is-usable.ts';
import { lacksScores } from './measure-rows.ts';
import { assessMinimum } from './minimum.ts';
import { assessNotWorse, type Champion } from './not-worse.ts';
import type { ScoredRow } from './scored-row.ts';
import type { GateResult, Verdict } from './verdict.ts';

export interface Judgement extends GatedTask {
  readonly model: ModelName;
  readonly decision: DecisionId;
  readonly asOf: EventTime;
  readonly policy: Digest;
  readonly gates: readonly Gate[];
  readonly candidate: { readonly version: Version; readonly rows: readonly ScoredRow[]; readonly failures: number };
  readonly champion: Champion;
  readonly championVersion?: Version;
  /** Digests of everything the rows and gates came from. */
  readonly madeFrom: readonly Digest[];
}

/** Whether the candidate answers, then every gate of the policy in its order; all are assessed, whatever the first ones say. */
export function judgeCandidate(judgement: Judgement): Verdict {
  const { candidate, champion, championVersion, gates } = judgement;
  const results = [
    assessAnswers(candidate.rows.length + candidate.failures, candidate.failures + unusable(gates, candidate.rows)),
    ...gates.map((gate, index) => assess(gate, judgement, champion, `/gates/${index}`)),
  ];
  return {
    kind: 'verdict',
    schemaVersion: 1,
    madeFrom: judgement.madeFrom,
    model: judgement.model,
    decision: judgement.decision,
    asOf: judgement.asOf,
    policy: judgement.policy,
    candidate: candidate.version,
    ...(championVersion === undefined ? {} : { champion: championVersion }),
    outcome: combine(results.map(({ outcome }) => outcome)),
    gates: results,
    rows: candidate.rows.length,
  };
}

function assess(gate: Gate, { candidate, asOf, positive, at }: Judgement, champion: Champion, policyPath: string): GateResult {
  const task = { ...(positive !== undefined && { positive: className(positive) }), ...(at !== undefined && { at }) };
  switch (gate.gate) {
    case 'minimum':
      return assessMinimum(gate, candidate.rows, policyPath, task);
    case 'not-worse':
      return assessNotWorse(gate, candidate.rows, champion, asOf, policyPath, task);
  }
}

/** Rows with an answer some gate's metric cannot be taken of, such as a text where a number belongs. Where none has a score, none lacks it. */
function unusable(gates: readonly Gate[], rows: readonly ScoredRow[]): number {
  const metrics = gates.map(({ metric }) => metric).filter((metric) => !lacksScores(metric, rows));
  return rows.filter((row) => metrics.some((metric) => !isUsable(metric, row))).length;
}
