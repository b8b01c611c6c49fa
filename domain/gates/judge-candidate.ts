import type { EventTime } from '../identity/event-time.ts';
import type { DecisionId, Digest, ModelName, Version } from '../identity/names.ts';
import type { Gate } from '../policy/policy.ts';
import { assessAnswers } from './answers.ts';
import { combine } from './combine.ts';
import { lossOf } from './loss.ts';
import { assessMinimum } from './minimum.ts';
import { assessNotWorse, type Champion } from './not-worse.ts';
import type { ScoredRow } from './scored-row.ts';
import type { GateResult, Verdict } from './verdict.ts';

export interface Judgement {
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

function assess(gate: Gate, { candidate, asOf }: Judgement, champion: Champion, policyPath: string): GateResult {
  switch (gate.gate) {
    case 'minimum':
      return assessMinimum(gate, candidate.rows, policyPath);
    case 'not-worse':
      return assessNotWorse(gate, candidate.rows, champion, asOf, policyPath);
  }
}

/** Rows with an answer some gate's metric cannot be taken of, such as a text where a number belongs. */
function unusable(gates: readonly Gate[], rows: readonly ScoredRow[]): number {
  return rows.filter((row) => gates.some(({ metric }) => lossOf(metric, row) === undefined)).length;
}
