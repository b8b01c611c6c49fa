import type { EventTime } from '../identity/event-time.ts';
import type { EffectKey } from '../identity/names.ts';
import type { Severity } from '../identity/outcome.ts';
import type { LifecycleEffect } from './effect.ts';
import type { LifecycleState, Phase } from './state.ts';

/** What one event makes of a state: the next one, and what is to be done outside. */
export interface Change {
  readonly state: LifecycleState;
  readonly effects: readonly LifecycleEffect[];
}

/** Nothing changes but the record that it was seen. */
export function unchanged(state: LifecycleState): Change {
  return { state, effects: [] };
}

export function entering(state: LifecycleState, phase: Phase): LifecycleState {
  return { ...state, phase };
}

/** @param by the decision or the event the effect belongs to: the same one never has the same effect twice */
export function keyOf(by: string, effect: string): EffectKey {
  return `${by}/${effect}` as EffectKey;
}

/** One link of the model's audit chain. */
export function audited(
  by: string,
  what: string,
  says: string,
  about: { evidence?: LifecycleAudit['evidence']; asOf?: EventTime } = {},
): LifecycleEffect {
  return {
    key: keyOf(by, `audit-${what}`),
    kind: 'audit',
    what,
    says,
    ...(about.evidence === undefined ? {} : { evidence: about.evidence }),
    ...(about.asOf === undefined ? {} : { asOf: about.asOf }),
  };
}

export function told(by: string, severity: Severity, says: string): LifecycleEffect {
  return { key: keyOf(by, 'notify'), kind: 'notify', severity, says };
}

type LifecycleAudit = Extract<LifecycleEffect, { kind: 'audit' }>;
