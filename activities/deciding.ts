import { createHash } from 'node:crypto';
import { decide as decideOn } from '../domain/decision/decide.ts';
import type { Action, Decision, DecisionInputs, DecisionSource, DecisionState } from '../domain/decision/decision.ts';
import { tellBecause } from '../domain/decision/tell-decision.ts';
import { canonicalJson } from '../domain/identity/canonical-json.ts';
import type { EventTime } from '../domain/identity/event-time.ts';
import type { DecisionId, Digest, ModelName } from '../domain/identity/names.ts';
import type { AppliedPolicy } from '../domain/policy/applied-policy.ts';
import type { Policy } from '../domain/policy/policy.ts';
import type { Report } from '../domain/report/report.ts';
import type { Artefacts } from '../domain/store/artefacts.port.ts';
import { neededArtefact } from './needed-artefact.ts';

export interface DecideOrder {
  readonly model: ModelName;
  readonly policy: AppliedPolicy;
  readonly reports: readonly Digest[];
  readonly state: DecisionState;
  readonly asOf: EventTime;
  readonly source: DecisionSource;
  readonly request?: NonNullable<DecisionInputs['request']>;
}

export interface DecideAnswer {
  readonly decision: DecisionId;
  readonly digest: Digest;
  readonly action: Action;
  /** One sentence or two for people. */
  readonly because: string;
}

/** Decisions, saved so that anyone can compute them again. The same order always gives the same decision and id. */
export function createDecidingActivities({ artefacts }: { readonly artefacts: Artefacts }) {
  /** @throws ArtefactMissing when the policy or a report is not in the store */
  async function compute(order: Omit<DecideOrder, 'policy'> & { readonly policy: Digest }): Promise<Decision> {
    const { policy: policyDigest, reports, state, asOf, source, request } = order;
    const policy = await neededArtefact<Policy>(artefacts, 'policy', policyDigest);
    const recorded = await Promise.all(
      reports.map(async (digest) => ({ digest, report: await neededArtefact<Report>(artefacts, 'report', digest) })),
    );
    const decision = decideOn({ policy, policyDigest, reports: recorded, state, asOf, source, ...(request && { request }) });
    return { ...decision, id: nameOf(decision) };
  }

  return {
    async decide(order: DecideOrder): Promise<DecideAnswer> {
      const decision = await compute({ ...order, policy: order.policy.digest });
      const digest = await artefacts.save(decision);
      return { decision: decision.id, digest, action: decision.action, because: tellBecause(decision) };
    },

    /** Decides again from the recorded inputs: `differs` when this build would decide, or say, something else. */
    async recompute(digest: Digest): Promise<'same' | 'differs'> {
      const recorded = await neededArtefact<Decision>(artefacts, 'decision', digest);
      const { model, asOf, source, inputs } = recorded;
      const again = await compute({ model, asOf, source, ...inputs });
      return canonicalJson(again) === canonicalJson(recorded) ? 'same' : 'differs';
    },
  };
}

export type DecidingActivities = ReturnType<typeof createDecidingActivities>;

/** `<asOf>-<12 hex>` of everything the decision was made from. */
function nameOf({ model, asOf, source, inputs, engineVersion }: Omit<Decision, 'id'>): DecisionId {
  const made = canonicalJson({ model, asOf, source, inputs, engineVersion });
  return `${asOf}-${createHash('sha256').update(made).digest('hex').slice(0, 12)}` as DecisionId;
}
