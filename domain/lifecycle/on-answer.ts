import { audited, type Change, entering, keyOf, told } from './change.ts';
import type { LifecycleEvent } from './event.ts';
import { startRollOut } from './start-roll-out.ts';
import type { LifecycleState } from './state.ts';

/** A person approves or rejects. An answer holds only for the evidence it was given for, and a person counts once. */
export function onAnswered(state: LifecycleState, event: Extract<LifecycleEvent, { kind: 'answered' }>): Change {
  const { phase } = state;
  if (phase.at !== 'awaiting-approval' || phase.evidence !== event.evidence) return { state, effects: [] };
  const record = audited(event.eventId, `answer-${event.answer}`, `${event.who}: ${event.answer}. ${event.why}`, {
    evidence: event.evidence,
  });

  if (event.answer === 'reject') {
    const reason = `Rejected by ${event.who}: ${event.why}`;
    return {
      state: entering(state, { at: 'idle' }),
      effects: [
        record,
        { key: keyOf(phase.by, 'close'), kind: 'close-candidate', candidate: phase.candidate, status: 'rejected', reason },
        told(keyOf(phase.by, 'rejected'), 'yellow', `Version ${phase.candidate}: ${reason}`),
      ],
    };
  }

  const people = phase.people.includes(event.who) ? phase.people : [...phase.people, event.who];
  const needed = state.policy.approval === 'none' ? 1 : state.policy.approval.people;
  if (people.length < needed) return { state: entering(state, { ...phase, people }), effects: [record] };
  const begun = startRollOut(state, {
    decision: phase.by,
    candidate: phase.candidate,
    ...(phase.heldOut === undefined ? {} : { heldOut: phase.heldOut }),
    says: `approved by ${people.join(' and ')}.`,
  });
  return { state: begun.state, effects: [record, ...begun.effects] };
}

/** Nobody answered in time. */
export function onApprovalExpired(state: LifecycleState, event: Extract<LifecycleEvent, { kind: 'approval-expired' }>): Change {
  const { phase } = state;
  if (phase.at !== 'awaiting-approval' || phase.evidence !== event.evidence) return { state, effects: [] };
  const reason = 'Nobody approved it in time.';
  return {
    state: entering(state, { at: 'idle' }),
    effects: [
      audited(event.eventId, 'approval-expired', reason, { evidence: event.evidence }),
      { key: keyOf(phase.by, 'close'), kind: 'close-candidate', candidate: phase.candidate, status: 'superseded', reason },
      told(keyOf(phase.by, 'expired'), 'yellow', `Version ${phase.candidate}: ${reason}`),
    ],
  };
}
