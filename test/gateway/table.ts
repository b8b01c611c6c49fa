import type { DecisionId, EffectKey, ModelName, Version } from '../../domain/identity/names.ts';
import type { Arm, RoutingTable } from '../../domain/traffic/routing-table.ts';

export const model = 'bike' as ModelName;
export const rollout = '2011-06-06T00:00:00.000Z-0123456789ab' as DecisionId;

/** Version 1 as champion, version 2 as candidate with `share`. */
export function tableWith(
  share: number,
  urls: { readonly champion: string; readonly candidate: string },
  changes: Partial<RoutingTable> = {},
): RoutingTable {
  const champion: Arm = { arm: 'champion', version: '1' as Version, url: urls.champion, share: 1 - share };
  const candidate: Arm = { arm: 'candidate', version: '2' as Version, url: urls.candidate, share };
  return {
    model,
    epoch: 1,
    rollout,
    arms: share > 0 ? [champion, candidate] : [champion],
    replay: false,
    writtenBy: `${rollout}/shares` as EffectKey,
    ...changes,
  };
}
