import { CancellationScope, getExternalWorkflowHandle, log, setCurrentDetails } from '@temporalio/workflow';
import type { RegisteringActivities } from '../activities/registering.ts';
import type { RoutingActivities } from '../activities/routing.ts';
import type { ServingActivities } from '../activities/serving.ts';
import { effectKey, type Version } from '../domain/identity/names.ts';
import { childId } from '../domain/identity/workflow-ids.ts';
import type { RollBackOrder, RollBackReport } from '../domain/rollout/rollout.ts';
import { ringTheDoorbell } from './doorbell.ts';
import { markOutcome } from './mark.ts';
import type { Place } from './place.ts';
import { on } from './proxies.ts';

/** Who lost the traffic, who has it now, and the epoch that says so. */
interface TakenBack {
  readonly from: Version;
  readonly to: Version;
  readonly epoch: number;
}

/**
 * Takes a version out of traffic. Needs no entity and no leave, is safe twice and from anyone: a higher route epoch and a latch first,
 * then aliases and the record; only then is the rollout asked to stop and the entity told. Half of it would be worse than all: a cancel
 * comes too late.
 */
export function rollBack(order: RollBackOrder, place: Place): Promise<RollBackReport> {
  return CancellationScope.nonCancellable(() => rolledBack(order, place));
}

async function rolledBack(order: RollBackOrder, place: Place): Promise<RollBackReport> {
  setCurrentDetails(`Taking traffic back: ${order.because}`);
  const taken = await takeBack(order, place);
  const report = taken === undefined ? nothingToDo(order) : await recorded(order, taken, place);
  await askRollOutToStop(order, place);
  await ringTheDoorbell(place, order.model, { eventId: `${order.decision}/rolled-back`, kind: 'rolled-back', report });
  markOutcome(place, report.outcome);
  setCurrentDetails(report.says);
  return report;
}

async function takeBack(order: RollBackOrder, place: Place): Promise<TakenBack | undefined> {
  if (order.to !== undefined) return restore(order, order.to, place);
  return (await withdrawCandidate(order, place)) ?? (await takePromotionBack(order, place));
}

/** The candidate it was asked to take back had become the champion a moment before. */
async function takePromotionBack(order: RollBackOrder, place: Place): Promise<TakenBack | undefined> {
  const table = await on<RoutingActivities>(place, 'contain', 'the shares in force').readTable(order.model);
  if (order.from === undefined || !table?.arms.some(({ version }) => version === order.from)) return undefined;
  const { champion, previous } = await on<RegisteringActivities>(place, 'contain', 'aliases').readAliases(order.model);
  const to = champion === order.from ? previous : champion;
  return to === undefined ? undefined : restore(order, to, place);
}

async function withdrawCandidate({ decision, model, by, because }: RollBackOrder, place: Place): Promise<TakenBack | undefined> {
  const { withdraw } = on<RoutingActivities>(place, 'contain', 'all traffic back to the champion');
  const { from, to, epoch } = await withdraw({ key: effectKey(decision, 'withdraw'), model, by, reason: because });
  return from === undefined || to === undefined ? undefined : { from, to, epoch };
}

/** A champion gives way to the version before it. Goes on until it wins over whoever else writes the shares. */
async function restore(order: RollBackOrder, to: Version, place: Place): Promise<TakenBack | undefined> {
  const { decision, model, by, because } = order;
  const { readTable, setShares } = on<RoutingActivities>(place, 'contain', `all traffic back to version ${to}`);
  const { url } = await serving(place, to).serve({ model, version: to });
  for (;;) {
    const table = await readTable(model);
    const from = order.from ?? table?.arms.find(({ arm }) => arm === 'champion')?.version;
    if (table === undefined || from === undefined) return undefined;
    if (table.hold?.from === from && table.arms.every(({ version }) => version === to)) return { from, to, epoch: table.epoch };
    if (from === to) return undefined;
    const set = await setShares({
      key: effectKey(decision, 'restore'),
      model,
      expectedEpoch: table.epoch,
      champion: { version: to, url },
      replay: table.replay,
      hold: { by, reason: because, from },
    });
    if (set.outcome === 'written') return { from, to, epoch: set.epoch };
  }
}

async function recorded(order: RollBackOrder, { from, to, epoch }: TakenBack, place: Place): Promise<RollBackReport> {
  const { decision, model, because } = order;
  const { moveAliases, closeCandidate } = on<RegisteringActivities>(place, 'contain', 'aliases and record');
  await moveAliases({
    model,
    key: effectKey(decision, 'alias-back'),
    epoch,
    from: {},
    to: { champion: to, challenger: 'none', ...(order.to === undefined ? {} : { previous: 'none' as const }) },
  });
  await closeCandidate({ key: effectKey(decision, 'close-rolled-back'), model, version: from, status: 'rolled-back', reason: because });
  await serving(place, from).stopServing({ model, version: from });
  return {
    decision,
    outcome: 'rolled-back',
    from,
    to,
    epoch,
    says: `Version ${from} was taken out of traffic, ${to} answers again: ${because}`,
  };
}

function nothingToDo({ decision, model }: RollBackOrder): RollBackReport {
  return { decision, outcome: 'nothing-to-do', says: `${model}: there was nothing to take back.` };
}

function serving(place: Place, version: string) {
  return on<ServingActivities>(place, 'contain', `serving of version ${version}`, {
    startToCloseTimeout: '5 minutes',
    heartbeatTimeout: '1 minute',
  });
}

async function askRollOutToStop(order: RollBackOrder, place: Place): Promise<void> {
  try {
    await getExternalWorkflowHandle(childId(place.installation, 'rollout', order.model)).cancel();
  } catch (error) {
    log.info('no rollout was under way', { error });
  }
}
