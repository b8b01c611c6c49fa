import type { Digest } from '../../domain/identity/names.ts';
import type { Alarm } from '../../domain/lifecycle/alarm.ts';
import { episodesOf } from '../../domain/lifecycle/alarms-by-episode.ts';
import type { LifecycleState } from '../../domain/lifecycle/state.ts';
import { nameAlarm } from '../../domain/lifecycle/tell-alarms.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import type { Report } from '../../domain/report/report.ts';
import type { Ports } from '../../worker/ports.ts';

/**
 * The alarm a person means: by its day, its time or how its report's digest begins. Of several of one episode, the newest that waits: what
 * is said of one is said of all.
 * @throws Error listing the alarms there are when none is meant, or more than one
 */
export function findAlarm({ model, alarms = [] }: LifecycleState, meant: string): Alarm {
  const found = alarms.filter(({ report, asOf }) => report.startsWith(meant) || asOf.slice(0, 10) === meant || asOf === meant);
  const alarm = found.findLast(({ answer }) => answer === undefined) ?? found.at(-1);
  if (alarm !== undefined && episodesOf(found).length === 1) return alarm;
  if (alarms.length === 0) throw new Error(`${model} has no alarm that waits or was acknowledged. See: anchorwatch history ${model}`);
  const which = found.length === 0 ? `No alarm of ${model} is of "${meant}"` : `"${meant}" can mean ${found.length} alarms of ${model}`;
  throw new Error(`${which}. There are: ${(found.length === 0 ? alarms : found).slice(-10).map(nameAlarm).join(', ')}.`);
}

/** @throws Error when the policy in force is not in the store */
export async function policyInForce({ artefacts }: Ports, { policy, model }: LifecycleState): Promise<Policy> {
  const found = await artefacts.read<Policy>('policy', policy.digest);
  if (found !== undefined) return found;
  throw new Error(`Policy ${policy.digest} of ${model} is not in the store. Apply it again: anchorwatch apply <its anchorwatch.yaml>`);
}

/** @throws Error when it is not in the store */
export async function readReport({ artefacts }: Ports, digest: Digest): Promise<Report> {
  const found = await artefacts.read<Report>('report', digest);
  if (found !== undefined) return found;
  throw new Error(`Report ${digest} is not in the store.`);
}
