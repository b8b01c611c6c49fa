import { partitionClock } from '../../domain/calendar/partition-clock.ts';
import { canonicalJson } from '../../domain/identity/canonical-json.ts';
import type { Entry } from '../../domain/ledger/entry.ts';
import type { Policy } from '../../domain/policy/policy.ts';

/** What the policy says of how rows are counted, as an entry tells it. */
export function countedAs(policy: Policy): Pick<Entry, 'presumes' | 'clock'> {
  const { absentMeans } = policy.labels;
  const clock = partitionClock(policy);
  return { ...(absentMeans !== undefined && { presumes: absentMeans }), ...(clock && { clock }) };
}

/** Whether an entry was counted as the policy says by now. */
export function isCountedAs(policy: Policy, { presumes, clock }: Entry): boolean {
  const told = { ...(presumes !== undefined && { presumes }), ...(clock && { clock }) };
  return canonicalJson(told) === canonicalJson(countedAs(policy));
}
