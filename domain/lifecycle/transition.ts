import { type Change, unchanged } from './change.ts';
import type { LifecycleEvent } from './event.ts';
import { onAcknowledged } from './on-acknowledged.ts';
import { onAnswered, onApprovalExpired } from './on-answer.ts';
import { onBaselineRefused, onBaselineTaken } from './on-baseline.ts';
import { onPaused, onPolicyApplied, onRequested, onResumed, onRetired, onRollBackRequested } from './on-command.ts';
import { onDecided, onDecisionAccepted } from './on-decided.ts';
import { onChildEnded, onEffectFailed } from './on-failure.ts';
import { onGated } from './on-gated.ts';
import { onReported } from './on-reported.ts';
import { onRolledBack, onRolledOut } from './on-traffic.ts';
import { type Rules, requireKnown } from './rules.ts';
import type { LifecycleState } from './state.ts';

const remembered = 500;

/**
 * What a model's life may do next: the one place where that is decided.
 *
 * Pure and total. An event whose id was seen before changes nothing and has no effect. Effects also stand in the state's outbox until
 * they are acknowledged, so that a state alone is enough to go on from.
 *
 * @param rules version of these rules, of {@link Rules}; a run keeps the one it was started with
 * @throws Error for rules this build does not know: a newer build must take the run over
 */
export function transition(rules: number, state: LifecycleState, event: LifecycleEvent): Change {
  requireKnown(rules);
  if (state.seen.includes(event.eventId)) return unchanged(state);

  const { state: next, effects } = answer(rules, state, event);
  return {
    state: {
      ...next,
      revision: state.revision + 1,
      seen: [...next.seen, event.eventId].slice(-remembered),
      outbox: [...state.outbox, ...effects],
    },
    effects,
  };
}

function answer(rules: Rules, state: LifecycleState, event: LifecycleEvent): Change {
  if (state.phase.at === 'retired') return unchanged(state);
  switch (event.kind) {
    case 'policy-applied':
      return onPolicyApplied(state, event);
    case 'baseline-taken':
      return onBaselineTaken(state, event);
    case 'baseline-refused':
      return onBaselineRefused(state, event);
    case 'reported':
      return onReported(rules, state, event);
    case 'decided':
      return onDecided(state, event);
    case 'decision-accepted':
      return onDecisionAccepted(state, event);
    case 'gated':
      return onGated(state, event);
    case 'answered':
      return onAnswered(state, event);
    case 'approval-expired':
      return onApprovalExpired(state, event);
    case 'rolled-out':
      return onRolledOut(state, event);
    case 'rolled-back':
      return onRolledBack(state, event);
    case 'child-ended':
      return onChildEnded(state, event);
    case 'effect-failed':
      return onEffectFailed(state, event);
    case 'requested':
      return onRequested(state, event);
    case 'rollback-requested':
      return onRollBackRequested(state, event);
    case 'acknowledged':
      return onAcknowledged(state, event);
    case 'paused':
      return onPaused(state, event);
    case 'resumed':
      return onResumed(state, event);
    case 'retired':
      return onRetired(state, event);
  }
}
