import { randomBytes } from 'node:crypto';
import type { EffectKey, ModelName, Version } from '../../domain/identity/names.ts';
import { offlineHold } from '../../domain/traffic/offline-hold.ts';
import type { RoutingTable } from '../../domain/traffic/routing-table.ts';
import type { Ports } from '../../worker/ports.ts';

/**
 * Takes the newest version out of traffic at the router alone: for the hour in which Temporal is down. The table says so, and `tidy`
 * and `recover` take it over: aliases, record and entity follow it.
 *
 * @throws Error when there is nothing to go back to, or somebody else writes the shares
 */
export async function offlineRollBack(
  { router, registry, serving }: Ports,
  model: ModelName,
  by: { who: string; reason: string },
): Promise<string> {
  const table = await router.read(model);
  if (table === undefined) throw new Error(`${model} has no shares of traffic at the gateway: there is nothing to roll back.`);
  const candidate = table.arms.find(({ arm }) => arm === 'candidate');
  const champion = table.arms.find(({ arm }) => arm === 'champion');
  const from = candidate?.version ?? champion?.version;
  const to = candidate === undefined ? (await registry.aliases(model)).previous : champion?.version;
  if (from === undefined || to === undefined || from === to)
    throw new Error(`${model} has no version to go back to from ${from ?? 'nothing'}.`);

  const url = candidate === undefined ? (await serving.ensure(model, to)).url : (champion?.url ?? '');
  const outcome = await router.replace(withAllTrafficOn(table, { version: to, url }, from, by), table.epoch);
  if (outcome !== 'written')
    throw new Error(`Somebody else wrote the shares of ${model} at this moment. Look who: anchorwatch status ${model}; then try again.`);
  return `Version ${from} is out of traffic, ${to} answers. Temporal was not asked; it takes this over when it is back (or: anchorwatch recover ${model}).`;
}

function withAllTrafficOn(
  table: RoutingTable,
  to: { readonly version: Version; readonly url: string },
  from: Version,
  { who, reason }: { readonly who: string; readonly reason: string },
): RoutingTable {
  return {
    ...table,
    epoch: table.epoch + 1,
    arms: [{ arm: 'champion', ...to, share: 1 }],
    hold: offlineHold({ who, reason, from, atWall: new Date().toISOString() }),
    writtenBy: `offline-${randomBytes(6).toString('hex')}/rollback` as EffectKey,
  };
}
