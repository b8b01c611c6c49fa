import type { DecisionId, Digest, Version } from '../identity/names.ts';
import { asOfDecision } from './as-of-decision.ts';
import { type Change, entering, keyOf, told } from './change.ts';
import type { LifecycleState } from './state.ts';

/** A candidate that passed goes into traffic. */
export function startRollOut(
  state: LifecycleState,
  passed: { decision: DecisionId; candidate: Version; heldOut?: Digest; says: string },
): Change {
  const { decision, candidate, heldOut } = passed;
  return {
    state: entering(state, { at: 'rolling-out', by: decision, candidate, ...(heldOut === undefined ? {} : { heldOut }) }),
    effects: [
      { key: keyOf(decision, 'roll-out'), kind: 'start-roll-out', by: decision, asOf: state.asOf ?? asOfDecision(decision), candidate },
      told(keyOf(decision, 'roll-out'), 'green', `Version ${candidate} goes into traffic: ${passed.says}`),
    ],
  };
}
