import type { Action } from '../decision/decision.ts';
import type { EventTime } from '../identity/event-time.ts';
import type { DecisionId } from '../identity/names.ts';
import { hasBegun, marked } from './begun.ts';
import { audited, type Change, entering, keyOf, told } from './change.ts';
import type { LifecycleEvent } from './event.ts';
import type { LifecycleState } from './state.ts';
import { toldOnce } from './told-once.ts';

const attemptsKept = 50;

type Decided = Extract<LifecycleEvent, { kind: 'decided' }>;

/** A decision was computed. One that was made of another state than today's is computed again; in `advise` it waits for a person. */
export function onDecided(state: LifecycleState, event: Decided): Change {
  return event.stateRevision === state.revision ? toldOnce(whatIsDecided(state, event), event) : askAgain(state, event);
}

function whatIsDecided(state: LifecycleState, event: Decided): Change {
  const { decision, digest, action, asOf } = event;
  const decided: LifecycleState = { ...withoutStaleProposal(state, event), lastDecision: { decision, digest, action, asOf } };
  const record = audited(decision, 'decision', event.because, { evidence: digest, asOf });

  if (!isWork(action)) return { state: decided, effects: [record, ...tellings(event)] };
  if (state.policy.mode === 'advise' && event.source !== 'operator' && event.source !== 'emergency') {
    return {
      state: { ...decided, proposed: { decision, action, asOf } },
      effects: [
        record,
        told(decision, 'yellow', `${event.because} Waiting for a person: anchorwatch apply-decision ${state.model} ${decision}`),
      ],
    };
  }
  const begun = begin(decided, { decision, action, asOf, because: event.because });
  return { state: begun.state, effects: [record, ...begun.effects] };
}

/** A person applies what was proposed in mode `advise`. */
export function onDecisionAccepted(state: LifecycleState, event: Extract<LifecycleEvent, { kind: 'decision-accepted' }>): Change {
  const proposed = state.proposed;
  if (proposed === undefined || proposed.decision !== event.decision || state.phase.at !== 'idle') return { state, effects: [] };
  const { proposed: _applied, ...rest } = state;
  const begun = begin(rest, { ...proposed, because: `${event.who} applied decision ${event.decision}.` });
  return {
    state: begun.state,
    effects: [audited(event.eventId, 'decision-applied', `${event.who} applied ${event.decision}.`), ...begun.effects],
  };
}

function begin(given: LifecycleState, work: { decision: DecisionId; action: Action; asOf: EventTime; because: string }): Change {
  const { decision, action, asOf, because } = work;
  if (given.phase.at !== 'idle' || hasBegun(given, decision)) return { state: given, effects: [] };
  const state = marked(given, decision);
  if (action.kind === 'retrain') {
    return {
      state: {
        ...entering(state, { at: 'retraining', by: decision, because }),
        attempts: [...state.attempts, asOf].slice(-attemptsKept),
      },
      effects: [
        { key: keyOf(decision, 'retrain'), kind: 'start-retrain', by: decision, asOf, strategy: action.strategy, because },
        told(decision, 'yellow', `Retraining: ${because}`),
      ],
    };
  }
  if (action.kind === 'roll-back') {
    return {
      state: entering(state, { at: 'rolling-back', by: decision }),
      effects: [
        {
          key: keyOf(decision, 'roll-back'),
          kind: 'start-roll-back',
          by: decision,
          because,
          who: 'policy',
          to: action.to,
          ...(state.champion === undefined ? {} : { from: state.champion }),
        },
        told(decision, 'red', `Rolling back: ${because}`),
      ],
    };
  }
  return { state, effects: [] };
}

/** What was proposed stands until the model is looked at anew with free hands, or work begins. */
function withoutStaleProposal(state: LifecycleState, { action, source }: Decided): LifecycleState {
  const lookedAnew = source === 'report' || source === 'schedule';
  if (state.phase.at !== 'idle' || state.paused !== undefined || !(lookedAnew || isWork(action))) return state;
  const { proposed: _stale, ...rest } = state;
  return rest;
}

function isWork(action: Action): boolean {
  return action.kind === 'retrain' || action.kind === 'roll-back';
}

function tellings(event: Decided) {
  switch (event.action.kind) {
    case 'throttled':
      return [told(event.decision, 'yellow', event.because)];
    case 'investigate-data':
    case 'escalate':
      return [told(event.decision, 'red', event.because)];
    default:
      return event.alarm ? [told(event.decision, 'yellow', `Alarm: ${event.because}`)] : [];
  }
}

function askAgain(state: LifecycleState, event: Decided): Change {
  return {
    state,
    effects: [
      {
        key: keyOf(event.eventId, `ask-again-${state.revision}`),
        kind: 'ask-decision',
        reports: event.source === 'report' ? state.lastReports : [],
        asOf: state.asOf !== undefined && state.asOf > event.asOf ? state.asOf : event.asOf,
        ...(event.alarm ? { alarm: event.alarm } : {}),
        ...(event.request === undefined ? {} : { request: event.request }),
      },
    ],
  };
}
