import { ApplicationFailure } from '@temporalio/common';
import type { DecisionId, EffectKey, ModelName, Version } from '../domain/identity/names.ts';
import { championOf } from '../domain/traffic/choose-arm.ts';
import { isOffline } from '../domain/traffic/offline-hold.ts';
import { readRoutingTable } from '../domain/traffic/read-routing-table.ts';
import type { Router } from '../domain/traffic/router.port.ts';
import type { Arm, Hold, RoutingTable } from '../domain/traffic/routing-table.ts';

/** What a model's shares are to be. Whoever is not named gets nothing; the champion gets what the candidate leaves. */
export interface ShareOrder {
  readonly key: EffectKey;
  readonly model: ModelName;
  /** Epoch of the table this order knows of; 0: there is none. */
  readonly expectedEpoch: number;
  /** Absent: the one in force is kept, and with it its group. */
  readonly rollout?: DecisionId;
  readonly champion: { readonly version: Version; readonly url: string };
  readonly candidate?: { readonly version: Version; readonly url: string; readonly share: number };
  /** Feature that is the assignment unit; absent: the one in force is kept. */
  readonly unit?: string;
  readonly replay: boolean;
  /** Absent: kept. */
  readonly hold?: Hold | 'keep' | 'clear';
}

/** `stale`: another writer was there, whose epoch is given. `held`: a hold stands that this rollout may not lift. */
export interface ShareAnswer {
  readonly outcome: 'written' | 'stale' | 'held';
  readonly epoch: number;
}

export interface Withdrawal {
  /** 0: the model has no table. */
  readonly epoch: number;
  /** The candidate that lost its traffic; absent: there was none. */
  readonly from?: Version;
  /** The champion, who has all of it now. */
  readonly to?: Version;
}

/** Activities that set shares of traffic. Repeating one with the same key changes nothing more. */
export function createRoutingActivities({ router }: { readonly router: Router }) {
  return {
    async readTable(model: ModelName): Promise<RoutingTable | undefined> {
      return await router.read(model);
    },

    async setShares(order: ShareOrder): Promise<ShareAnswer> {
      const current = await router.read(order.model);
      if (current?.writtenBy === order.key) return { outcome: 'written', epoch: current.epoch };
      const epoch = current?.epoch ?? 0;
      if (epoch !== order.expectedEpoch) return { outcome: 'stale', epoch };
      return await write(router, tableOf(order, current));
    },

    /** Takes all traffic from the candidate and latches it, whatever the epoch: goes on until it wins. What another hand withdrew stays as it is. */
    async withdraw(order: {
      readonly key: EffectKey;
      readonly model: ModelName;
      readonly by: string;
      readonly reason: string;
    }): Promise<Withdrawal> {
      for (;;) {
        const current = await router.read(order.model);
        if (current === undefined) return { epoch: 0 };
        if (isWithdrawn(current)) return withdrawalOf(current);
        const table = withoutCandidate(current, order);
        if ((await write(router, table)).outcome === 'written') return withdrawalOf(table);
      }
    },
  };
}

export type RoutingActivities = ReturnType<typeof createRoutingActivities>;

async function write(router: Router, table: RoutingTable): Promise<ShareAnswer> {
  const checked = readRoutingTable(table);
  if (!checked.ok)
    throw ApplicationFailure.create({
      type: 'RoutingTableInvalid',
      message: `The routing table of ${table.model}, ordered by ${table.writtenBy}, was not written: ${checked.problem}. Correct the order; repeating it cannot help.`,
      nonRetryable: true,
    });
  const outcome = await router.replace(table, table.epoch - 1);
  if (outcome === 'written') return { outcome, epoch: table.epoch };
  const now = await router.read(table.model);
  if (now?.writtenBy === table.writtenBy) return { outcome: 'written', epoch: now.epoch };
  return { outcome, epoch: now?.epoch ?? 0 };
}

function tableOf(order: ShareOrder, current: RoutingTable | undefined): RoutingTable {
  const { candidate, champion } = order;
  const rollout = order.rollout ?? current?.rollout;
  const unit = order.unit ?? current?.unit;
  const hold = order.hold === undefined || order.hold === 'keep' ? current?.hold : order.hold === 'clear' ? undefined : order.hold;
  const arms: Arm[] = [{ arm: 'champion', ...champion, share: 1 - (candidate?.share ?? 0) }];
  if (candidate !== undefined) arms.push({ arm: 'candidate', ...candidate });
  return {
    model: order.model,
    epoch: order.expectedEpoch + 1,
    ...(rollout !== undefined && { rollout }),
    arms,
    ...(hold !== undefined && { hold }),
    ...(unit !== undefined && { unit }),
    replay: order.replay,
    writtenBy: order.key,
  };
}

function withoutCandidate(
  current: RoutingTable,
  order: { readonly key: EffectKey; readonly by: string; readonly reason: string },
): RoutingTable {
  const lostBefore = isOffline(current.hold) ? current.hold.from : undefined;
  const from = current.arms.find((arm) => arm.arm === 'candidate')?.version ?? lostBefore;
  return {
    ...current,
    epoch: current.epoch + 1,
    arms: [{ ...championOf(current), share: 1 }],
    hold: { by: order.by, reason: order.reason, ...(from !== undefined && { from }) },
    writtenBy: order.key,
  };
}

/** An offline hold has yet to be adopted by a hand that tells the registry and the entity. */
function isWithdrawn({ hold, arms }: RoutingTable): boolean {
  return hold !== undefined && !isOffline(hold) && arms.length === 1;
}

function withdrawalOf(table: RoutingTable): Withdrawal {
  const from = table.hold?.from;
  return { epoch: table.epoch, ...(from !== undefined && { from }), to: championOf(table).version };
}
