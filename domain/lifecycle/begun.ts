import type { DecisionId } from '../identity/names.ts';
import type { LifecycleState } from './state.ts';

/** Was this decision's work begun before? A decision is worked on once, by whatever event it comes in again. */
export function hasBegun(state: LifecycleState, decision: DecisionId): boolean {
  return state.seen.includes(markOf(decision));
}

export function marked(state: LifecycleState, decision: DecisionId): LifecycleState {
  return { ...state, seen: [...state.seen, markOf(decision)] };
}

function markOf(decision: DecisionId): string {
  return `${decision}/begun`;
}
