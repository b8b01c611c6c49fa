import type { DecisionState } from '../decision/decision.ts';
import { expectedUntil } from '../decision/expectation.ts';
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
    ...expectedNow(state),
  };
}

/** Past ones are of no use to a decision. */
function expectedNow({ expected = {}, asOf }: LifecycleState): Pick<DecisionState, 'expected'> {
  const now = Object.entries(expected).filter(([subject]) => asOf === undefined || expectedUntil(expected, subject, asOf) !== undefined);
  return now.length === 0 ? {} : { expected: Object.fromEntries(now) };
}
