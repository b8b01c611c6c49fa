import { eventTime } from '../../domain/identity/event-time.ts';
import type { DecisionId, Digest, ModelName, Version } from '../../domain/identity/names.ts';
import type { AppliedPolicy } from '../../domain/policy/applied-policy.ts';
import type { RoutingTable } from '../../domain/traffic/routing-table.ts';

export const model = 'bike' as ModelName;
export const asOf = eventTime('2011-05-09');
export const decision = '2011-05-09T00:00:00.000Z-0000000000d1' as DecisionId;
export const otherDecision = '2011-05-02T00:00:00.000Z-0000000000d0' as DecisionId;

export const v = (number: number) => String(number) as Version;

/** 64 hex digits that say nothing but which one is meant. */
export const digest = (name: string) => Buffer.from(name).toString('hex').padEnd(64, '0').slice(0, 64) as Digest;

export const policy = (more: Partial<AppliedPolicy> = {}): AppliedPolicy => ({
  digest: digest('policy'),
  folder: '/models/bike',
  mode: 'act',
  approval: 'none',
  ...more,
});

/** A routing table in memory, kept by the rules the real router keeps. */
export function table(champion: number, more: Partial<RoutingTable> = {}): RoutingTable {
  return {
    model,
    epoch: 3,
    arms: [{ arm: 'champion', version: v(champion), url: url(champion), share: 1 }],
    replay: false,
    writtenBy: `${otherDecision}/share-all` as RoutingTable['writtenBy'],
    ...more,
  };
}

export const url = (version: number | string) => `http://127.0.0.1/${version}`;
