import { candidateShare } from './choose-arm.ts';
import type { RoutingTable } from './routing-table.ts';

/**
 * Would `next` undo a hold that stands? Only a rollout other than the one the hold stopped may lift it or raise the candidate's share.
 * Decisions are compared by name, not by age: an operator's hold in a replay has another clock than the rollout it stops.
 */
export function breaksHold(current: RoutingTable, next: RoutingTable): boolean {
  if (current.hold === undefined) return false;
  if (next.rollout !== undefined && next.rollout !== current.rollout) return false;
  return next.hold === undefined || candidateShare(next) > candidateShare(current);
}
