import type { DecisionState } from '../decision/decision.ts';
import type { LifecycleState } from './state.ts';

/** The part of a model's life a decision may depend on. */
export function decisionState(state: LifecycleState): DecisionState {
  return {
    revision: state.revision,
    phase: state.phase.at,
    ...(state.champion === undefined ? {} : { champion: state.champion }),
    ...(state.previous === undefined ? {} : { previous: state.previous }),
    paused: state.paused !== undefined,
    attempts: state.attempts,
  };
}
