import type { EventTime } from '../identity/event-time.ts';
import type { DecisionId } from '../identity/names.ts';

/** A decision's id begins with its as-of. */
export function asOfDecision(decision: DecisionId): EventTime {
  return decision.slice(0, decision.lastIndexOf('-')) as EventTime;
}
