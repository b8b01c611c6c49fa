import { ApplicationFailure } from '@temporalio/common';
import type { GatedTask } from '../domain/gates/gated-task.ts';
import { judgeCandidate } from '../domain/gates/judge-candidate.ts';
import type { Champion } from '../domain/gates/not-worse.ts';
import type { ScoredRows } from '../domain/gates/scored-rows.ts';
import type { ScoringTables } from '../domain/gates/scoring-tables.port.ts';
import { summariseVerdict } from '../domain/gates/tell-verdict.ts';
import type { Digest, Version } from '../domain/identity/names.ts';
import type { Outcome } from '../domain/identity/outcome.ts';
import type { Policy } from '../domain/policy/policy.ts';
import type { Artefacts } from '../domain/store/artefacts.port.ts';
import type { RetrainOrder } from '../domain/training/retrain.ts';
import { neededArtefact } from './needed-artefact.ts';

export interface JudgeOrder {
  readonly order: RetrainOrder;
  readonly candidate: Version;
  readonly prepared: Digest;
  readonly candidateRows: Digest;
  readonly championRows?: Digest;
}

export type GatingActivities = ReturnType<typeof createGatingActivities>;

/** The verdict on a candidate, from rows we scored ourselves. */
export function createGatingActivities({ artefacts, tables }: { readonly artefacts: Artefacts; readonly tables: ScoringTables }) {
  async function scoredRows(digest: Digest, version: Version | undefined, prepared: Digest): Promise<ScoredRows> {
    const scored = await neededArtefact<ScoredRows>(artefacts, 'scored-rows', digest);
    if (scored.version === version && scored.madeFrom.includes(prepared)) return scored;
    throw ApplicationFailure.create({
      type: 'ScoredRowsMismatch',
      message: `Scored rows ${digest} are version ${scored.version}'s on ${scored.madeFrom.join(', ')}; version ${version}'s on ${prepared} are to be judged. Score them anew.`,
      nonRetryable: true,
    });
  }

  return {
    async judge({
      order,
      candidate,
      prepared,
      candidateRows,
      championRows,
    }: JudgeOrder): Promise<{ outcome: Outcome; verdict: Digest; says: string }> {
      const policy = await neededArtefact<Policy>(artefacts, 'policy', order.policy.digest);
      const scored = await scoredRows(candidateRows, candidate, prepared);
      let champion: Champion = order.champion === undefined ? 'none' : 'unknown';
      if (championRows !== undefined) {
        champion = { rows: await tables.read(await scoredRows(championRows, order.champion, prepared)) };
      }

      const verdict = judgeCandidate({
        model: order.model,
        decision: order.decision,
        asOf: order.asOf,
        policy: order.policy.digest,
        gates: policy.gates,
        ...gatedTask(policy),
        candidate: { version: candidate, rows: await tables.read(scored), failures: scored.failures },
        champion,
        ...(order.champion === undefined ? {} : { championVersion: order.champion }),
        madeFrom: [order.policy.digest, prepared, candidateRows, ...(championRows === undefined ? [] : [championRows])],
      });
      return { outcome: verdict.outcome, verdict: await artefacts.save(verdict), says: summariseVerdict(verdict) };
    },
  };
}

function gatedTask({ task }: Policy): GatedTask {
  if (task.kind === 'ranking') return { at: task.at };
  return task.kind === 'classification' && task.positive !== undefined ? { positive: task.positive } : {};
}
