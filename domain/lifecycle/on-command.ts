import { hasBegun, marked } from './begun.ts';
import { audited, type Change, entering, keyOf, told } from './change.ts';
import type { LifecycleEvent } from './event.ts';
import type { LifecycleState } from './state.ts';

type Of<K extends LifecycleEvent['kind']> = Extract<LifecycleEvent, { kind: K }>;

/** A policy takes effect from the next decision on. A model that has nothing to serve yet asks what to do first. */
export function onPolicyApplied(state: LifecycleState, event: Of<'policy-applied'>): Change {
  const says = `${event.who} applied policy ${event.policy.digest.slice(0, 12)} in mode ${event.policy.mode}.`;
  const record = audited(event.eventId, 'policy-applied', says, {
    evidence: event.policy.digest,
    ...(event.asOf === undefined ? {} : { asOf: event.asOf }),
  });
  const applied = { ...state, policy: event.policy };
  const asOf = event.asOf === undefined ? state.asOf : later(state.asOf, event.asOf);
  const isSettled = event.policy.mode === 'watch' || state.champion !== undefined || state.phase.at !== 'idle';
  if (isSettled || asOf === undefined) return { state: applied, effects: [record] };
  return {
    state: { ...applied, asOf },
    effects: [record, { key: keyOf(event.eventId, 'ask-decision'), kind: 'ask-decision', reports: [], asOf }],
  };
}

/** A person asks for a retraining. */
export function onRequested(state: LifecycleState, event: Of<'requested'>): Change {
  const asOf = later(state.asOf, event.asOf);
  return {
    state: { ...state, asOf },
    effects: [
      { key: keyOf(event.eventId, 'ask-decision'), kind: 'ask-decision', reports: state.lastReports, asOf, request: event.request },
    ],
  };
}

/** A person takes the newest version out of traffic. It needs nobody's leave, and it interrupts a rollout. */
export function onRollBackRequested(state: LifecycleState, event: Of<'rollback-requested'>): Change {
  if (hasBegun(state, event.decision)) return { state, effects: [] };
  const candidate = state.phase.at === 'rolling-out' ? state.phase.candidate : undefined;
  const from = candidate ?? state.champion;
  const to = candidate === undefined ? state.previous : undefined;
  return {
    state: entering(marked(state, event.decision), {
      at: 'rolling-back',
      by: event.decision,
      ...(candidate === undefined ? {} : { candidate }),
    }),
    effects: [
      audited(event.eventId, 'rollback-requested', `${event.who}: ${event.reason}`, { asOf: event.asOf }),
      {
        key: keyOf(event.decision, 'roll-back'),
        kind: 'start-roll-back',
        by: event.decision,
        because: event.reason,
        who: event.who,
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
      },
    ],
  };
}

export function onPaused(state: LifecycleState, event: Of<'paused'>): Change {
  const says = `Paused by ${event.who}: ${event.reason}`;
  return {
    state: { ...state, paused: { by: event.who, reason: event.reason } },
    effects: [audited(event.eventId, 'paused', says), told(event.eventId, 'yellow', says)],
  };
}

/** Ends a pause, and the wait for attention. */
export function onResumed(state: LifecycleState, event: Of<'resumed'>): Change {
  const { paused: _paused, ...rest } = state;
  const phase = rest.phase.at === 'needs-attention' ? ({ at: 'idle' } as const) : rest.phase;
  return { state: entering(rest, phase), effects: [audited(event.eventId, 'resumed', `Resumed by ${event.who}.`)] };
}

/** The only end of the entity. */
export function onRetired(state: LifecycleState, event: Of<'retired'>): Change {
  const says = `Retired by ${event.who}: ${event.reason}`;
  return {
    state: entering(state, { at: 'retired' }),
    effects: [
      { key: keyOf(event.eventId, 'cancel-retrain'), kind: 'cancel', child: 'retrain' },
      { key: keyOf(event.eventId, 'cancel-rollout'), kind: 'cancel', child: 'rollout' },
      audited(event.eventId, 'retired', says),
      told(event.eventId, 'yellow', says),
    ],
  };
}

function later<T extends string>(known: T | undefined, given: T): T {
  return known !== undefined && known > given ? known : given;
}
