import type { RoutingTable } from './routing-table.ts';

/**
 * What a rollout's group is drawn by: its candidate, and the event time of its decision. Not the decision's whole id, which is a digest
 * of all evidence down to response times: one stretch of traffic would be split otherwise each time it is replayed.
 */
export function splitSalt({ model, rollout, arms }: RoutingTable): string {
  const candidate = arms.find(({ arm }) => arm === 'candidate');
  const asOf = rollout?.replace(/-[0-9a-f]{12}$/, '');
  return [model, candidate?.version, asOf].join('/');
}
