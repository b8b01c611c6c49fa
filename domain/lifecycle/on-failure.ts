import { asOfDecision } from './as-of-decision.ts';
import { audited, type Change, entering, keyOf, told } from './change.ts';
import type { LifecycleEffect } from './effect.ts';
import type { LifecycleEvent } from './event.ts';
import type { LifecycleState } from './state.ts';

type ChildEnded = Extract<LifecycleEvent, { kind: 'child-ended' }>;

/** Effects without which a phase has nothing under way. */
const beginsPhase: readonly string[] = ['start-retrain', 'start-roll-out', 'start-roll-back'];

const lost = ['TERMINATED', 'TIMED_OUT', 'ABSENT', 'TerminatedFailure', 'TimeoutFailure'];

/**
 * A child closed without a report. One that was lost (terminated, timed out) is started once more for the same decision: keys make it
 * adopt what the lost one did. One that was cancelled or failed, or lost again, is given up, and what it held in traffic is taken back;
 * where the taking back itself failed, a person must look.
 */
export function onChildEnded(state: LifecycleState, event: ChildEnded): Change {
  const { phase } = state;
  if (event.child === 'baseline') return onBaselineEnded(state, event);
  if (!concerns(state, event)) return { state, effects: [] };

  const says = `The ${event.child} of ${event.by} ended without a report: ${event.status}.`;
  const record = [audited(event.eventId, 'child-ended', says), told(event.eventId, 'red', says)];
  const isLost = lost.includes(event.status);

  if (phase.at === 'retraining' && isLost && phase.again === undefined) {
    const again: LifecycleEffect = {
      key: keyOf(phase.by, 'retrain-again'),
      kind: 'start-retrain',
      by: phase.by,
      asOf: asOfDecision(phase.by),
      strategy: 'full',
      because: phase.because,
    };
    return { state: entering(state, { ...phase, again: true }), effects: [...record, again] };
  }
  if (phase.at === 'retraining') return { state: entering(state, { at: 'idle' }), effects: record };

  if (phase.at === 'rolling-out' && isLost && phase.again === undefined) {
    const again: LifecycleEffect = {
      key: keyOf(phase.by, 'roll-out-again'),
      kind: 'start-roll-out',
      by: phase.by,
      asOf: state.asOf ?? asOfDecision(phase.by),
      candidate: phase.candidate,
    };
    return { state: entering(state, { ...phase, again: true }), effects: [...record, again] };
  }
  if (phase.at === 'rolling-out') return takenBack(state, event, phase.candidate, says, record);
  if (isLost) return { state, effects: [...record, rollBackAgain(state, event, says)] };
  return { state: entering(state, { at: 'needs-attention', why: says }), effects: record };
}

/** The model is judged against nothing until there is a baseline: a lost one is begun again, once; after that a person must. */
function onBaselineEnded(state: LifecycleState, event: ChildEnded): Change {
  const { baselining, ...rest } = state;
  if (baselining?.by !== event.by) return { state, effects: [] };
  const { again, ...wish } = baselining;
  const says = `The baseline of ${event.by} ended without a report: ${event.status}.`;
  const record = audited(event.eventId, 'child-ended', says);
  if (lost.includes(event.status) && again === undefined) {
    const begun: LifecycleEffect = { key: keyOf(wish.by, 'baseline-again'), kind: 'start-baseline', ...wish };
    return { state: { ...state, baselining: { ...wish, again: true } }, effects: [record, told(event.eventId, 'yellow', says), begun] };
  }
  return { state: rest, effects: [record, told(event.eventId, 'red', `${says} Take it with: anchorwatch baseline ${state.model}`)] };
}

function concerns({ phase }: LifecycleState, { child, by }: ChildEnded): boolean {
  const names = { retrain: 'retraining', rollout: 'rolling-out', rollback: 'rolling-back', baseline: undefined } as const;
  return phase.at === names[child] && 'by' in phase && phase.by === by;
}

function takenBack(
  state: LifecycleState,
  event: ChildEnded,
  candidate: NonNullable<LifecycleState['champion']>,
  because: string,
  record: readonly LifecycleEffect[],
): Change {
  return {
    state: entering(state, { at: 'rolling-back', by: event.by, candidate }),
    effects: [
      ...record,
      { key: keyOf(event.by, 'roll-back'), kind: 'start-roll-back', by: event.by, because, who: 'anchorwatch', from: candidate },
    ],
  };
}

/** A rollback is safe twice, so a lost one is simply begun again. */
function rollBackAgain(state: LifecycleState, event: ChildEnded, because: string): LifecycleEffect {
  const candidate = state.phase.at === 'rolling-back' ? state.phase.candidate : undefined;
  const from = candidate ?? state.champion;
  const to = candidate === undefined ? state.previous : undefined;
  return {
    key: keyOf(event.by, `roll-back-again-${state.revision}`),
    kind: 'start-roll-back',
    by: event.by,
    because,
    who: 'anchorwatch',
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
}

/**
 * Something the entity asked for could not be done. It goes on living; a person is told. What is under way beside it goes on too: its
 * report would find nobody who waits for it.
 */
export function onEffectFailed(state: LifecycleState, event: Extract<LifecycleEvent, { kind: 'effect-failed' }>): Change {
  const says = `${event.what} failed (${event.code}): ${event.says}`;
  const record = audited(event.eventId, 'effect-failed', says);
  if (event.what === 'notify' || event.what === 'audit') return { state, effects: event.what === 'notify' ? [record] : [] };
  const needsAttention = entering(state, { at: 'needs-attention', why: says, failed: event.effect });
  return {
    state: state.phase.at === 'idle' || beginsPhase.includes(event.what) ? needsAttention : state,
    effects: [record, told(event.eventId, 'red', says)],
  };
}
