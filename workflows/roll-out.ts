import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { CancellationScope, isCancellation, ParentClosePolicy, setCurrentDetails, startChild } from '@temporalio/workflow';
import type { PlanningActivities } from '../activities/planning.ts';
import type { RegisteringActivities } from '../activities/registering.ts';
import type { RoutingActivities, ShareAnswer, ShareOrder } from '../activities/routing.ts';
import type { ServingActivities } from '../activities/serving.ts';
import type { WatchingActivities } from '../activities/watching.ts';
import type { EventTime } from '../domain/identity/event-time.ts';
import { type Digest, effectKey, type Version } from '../domain/identity/names.ts';
import { childId, taskQueue } from '../domain/identity/workflow-ids.ts';
import type { RollOutOrder, RollOutReport } from '../domain/rollout/rollout.ts';
import type { RoutingTable } from '../domain/traffic/routing-table.ts';
import { ringTheDoorbell } from './doorbell.ts';
import { markOutcome } from './mark.ts';
import type { Place } from './place.ts';
import { on } from './proxies.ts';
import { rollBack } from './roll-back.ts';

const wholeShare = 'share-all';

/**
 * A candidate that passed its gates goes into traffic step by step; each step is watched, and the next one needs the last one's proof.
 * It ends promoted, or handed to rollBack, or overtaken by somebody who wrote the weights after us.
 */
export async function rollOut(order: RollOutOrder, place: Place): Promise<RollOutReport> {
  const report = await rolledOut(order, place);
  await CancellationScope.nonCancellable(async () => {
    if (report.outcome === 'rolled-back') await handOver(order, place, report);
    await ringTheDoorbell(place, order.model, { eventId: `${order.decision}/rolled-out`, kind: 'rolled-out', report });
  });
  markOutcome(place, report.outcome);
  setCurrentDetails(report.says);
  return report;
}

async function rolledOut(order: RollOutOrder, place: Place): Promise<RollOutReport> {
  try {
    return await stepByStep(order, place);
  } catch (error) {
    if (!isCancellation(error)) throw error;
    await CancellationScope.nonCancellable(() => lower(order, place, 'cancelled'));
    throw error;
  }
}

async function stepByStep(order: RollOutOrder, place: Place): Promise<RollOutReport> {
  const { model, candidate, champion } = order;
  setCurrentDetails(`Starting to serve version ${candidate}.`);
  const { serve } = on<ServingActivities>(place, 'watch', `serve version ${candidate}`);
  const { url } = await serve({ model, version: candidate });
  const table = await on<RoutingActivities>(place, 'control', 'the shares in force').readTable(model);
  let epoch = table?.epoch ?? 0;
  if (table !== undefined && hasAll(order, table))
    return promoteWhole(order, place, { url, epoch, asOf: order.asOf, says: 'it had all traffic when this rollout was begun again.' });
  if (champion === undefined)
    return promoteWhole(order, place, { url, epoch, asOf: order.asOf, says: 'there was no champion to compare it with in traffic.' });

  const championUrl = (await serve({ model, version: champion })).url;
  const { shares, unit } = await on<PlanningActivities>(place, 'control', 'the steps').planRollOut(order.policy.digest);
  await alias(order, place, { to: { challenger: candidate }, epoch });

  let startedAtEvent: EventTime = order.asOf;
  let firstEpoch: number | undefined;
  let checkpoint: Digest | undefined;
  let says = '';
  for (const [step, share] of shares.entries()) {
    const set = await setShares(place, `${candidate} to ${percent(share)}`, {
      key: effectKey(order.decision, `share-${step}`),
      model,
      expectedEpoch: epoch,
      rollout: order.decision,
      champion: { version: champion, url: championUrl },
      candidate: { version: candidate, url, share },
      ...(unit === undefined ? {} : { unit }),
      replay: order.clock === 'replay',
      hold: 'clear',
    });
    if (set.outcome !== 'written') return overtaken(order, place, startedAtEvent);
    ({ epoch } = set);
    firstEpoch ??= epoch;

    setCurrentDetails(
      `Version ${candidate} answers ${percent(share)} of the traffic; it is being watched. To stop it: anchorwatch rollback ${model}`,
    );
    const watched = await on<WatchingActivities>(place, 'watch', `watch ${candidate} at ${percent(share)}`).watchStep({
      decision: order.decision,
      model,
      policy: order.policy.digest,
      candidate,
      champion,
      step,
      epoch,
      firstEpoch,
      startedAtEvent,
      ...(checkpoint === undefined ? {} : { checkpoint }),
    });
    ({ checkpoint, says } = watched);
    startedAtEvent = watched.watermark;
    if (watched.outcome === 'fail') {
      return { decision: order.decision, candidate, outcome: 'rolled-back', evidence: checkpoint, asOf: startedAtEvent, says };
    }
    if (watched.outcome === 'inconclusive') {
      await lower(order, place, says);
      return { decision: order.decision, candidate, outcome: 'held', evidence: checkpoint, asOf: startedAtEvent, says };
    }
  }
  return promoteWhole(order, place, {
    url,
    epoch,
    asOf: startedAtEvent,
    says,
    ...(checkpoint === undefined ? {} : { evidence: checkpoint }),
  });
}

/** A rollout that was lost on its last step: what it gave is not taken away, only finished. */
function hasAll({ decision }: RollOutOrder, { writtenBy }: RoutingTable): boolean {
  return writtenBy === effectKey(decision, wholeShare);
}

interface Proof {
  readonly url: string;
  readonly epoch: number;
  readonly asOf: EventTime;
  readonly says: string;
  readonly evidence?: Digest;
}

/** All traffic and no alias would be half a promotion: a cancel comes before it or too late. */
function promoteWhole(order: RollOutOrder, place: Place, proof: Proof): Promise<RollOutReport> {
  return CancellationScope.nonCancellable(() => promote(order, place, proof));
}

async function promote(order: RollOutOrder, place: Place, proof: Proof): Promise<RollOutReport> {
  const { model, candidate, champion, decision } = order;
  const set = await setShares(place, `${candidate} to 100%`, {
    key: effectKey(decision, wholeShare),
    model,
    expectedEpoch: proof.epoch,
    champion: { version: candidate, url: proof.url },
    replay: order.clock === 'replay',
    rollout: decision,
    hold: 'clear',
  });
  if (set.outcome !== 'written') return overtaken(order, place, proof.asOf);
  const moved = await alias(order, place, {
    from: { champion: champion ?? 'none' },
    to: { champion: candidate, challenger: 'none', previous: champion ?? 'none' },
    epoch: set.epoch,
  });
  const evidence = proof.evidence === undefined ? {} : { evidence: proof.evidence };
  if (moved !== 'moved') {
    const says = `Version ${candidate} has all traffic, but its alias was not moved (${moved}): somebody else moved aliases of ${model}. Set "champion" right in the registry.`;
    return { decision, candidate, outcome: 'failed', ...evidence, asOf: proof.asOf, says };
  }
  await stopServingOld(order, place);
  return {
    decision,
    candidate,
    outcome: 'promoted',
    ...evidence,
    asOf: proof.asOf,
    says: `Version ${candidate} is the champion: ${proof.says}`,
  };
}

/** The champion of before is the way back now: the version that was it before is no longer needed. */
async function stopServingOld({ model, candidate, champion, previous }: RollOutOrder, place: Place): Promise<void> {
  if (previous === undefined || previous === candidate || previous === champion) return;
  await on<ServingActivities>(place, 'watch', `stop version ${previous}`).stopServing({ model, version: previous });
}

/** A write of shares is never left alone by a cancel: what it gave, this rollout must know of to take it back. */
function setShares(place: Place, summary: string, order: ShareOrder): Promise<ShareAnswer> {
  return CancellationScope.nonCancellable(() => on<RoutingActivities>(place, 'control', summary).setShares(order));
}

/** Who has traffic, by whatever hand, is served on. */
async function giveUpServing(order: RollOutOrder, place: Place): Promise<void> {
  const { model, candidate } = order;
  const table = await on<RoutingActivities>(place, 'control', 'the shares in force').readTable(model);
  if (table?.arms.some(({ version }) => version === candidate)) return;
  await alias(order, place, { from: { challenger: candidate }, to: { challenger: 'none' }, epoch: table?.epoch ?? 0 });
  await on<ServingActivities>(place, 'watch', `stop version ${candidate}`).stopServing({ model, version: candidate });
}

/** Aliases move with the weights; a foreign hand on them is a person's business. */
async function alias(
  order: RollOutOrder,
  place: Place,
  move: { from?: Record<string, Version | 'none'>; to: Record<string, Version | 'none'>; epoch: number },
): Promise<'moved' | 'stale' | 'unexpected'> {
  const { moveAliases } = on<RegisteringActivities>(place, 'control', `aliases ${Object.keys(move.to).join(', ')}`);
  const { outcome } = await moveAliases({
    model: order.model,
    key: effectKey(order.decision, `alias-${Object.entries(move.to).flat().join('-')}`),
    epoch: move.epoch,
    from: move.from ?? {},
    to: move.to,
  });
  return outcome;
}

/** rollOut's own undo may only lower its candidate's weight; who took it out before us is left in peace. */
async function lower(order: RollOutOrder, place: Place, reason: string): Promise<void> {
  const { model, candidate, decision } = order;
  const { readTable, withdraw } = on<RoutingActivities>(place, 'contain', `take ${candidate} out of traffic`);
  const table = await readTable(model);
  const isOurs = table?.arms.some((arm) => arm.arm === 'candidate' && arm.version === candidate);
  if (isOurs) await withdraw({ key: effectKey(decision, 'lower'), model, by: 'rollOut', reason });
  await giveUpServing(order, place);
}

async function overtaken(order: RollOutOrder, place: Place, asOf: EventTime): Promise<RollOutReport> {
  await giveUpServing(order, place);
  const says = `Version ${order.candidate}: its rollout was overtaken by a newer hand on the weights.`;
  return { decision: order.decision, candidate: order.candidate, outcome: 'superseded', asOf, says };
}

async function handOver(order: RollOutOrder, place: Place, report: RollOutReport): Promise<void> {
  try {
    await startChild(rollBack, {
      workflowId: childId(place.installation, 'rollback', order.model),
      taskQueue: taskQueue(place.installation, 'contain'),
      args: [{ decision: order.decision, model: order.model, because: report.says, by: 'rollOut', from: order.candidate }, place],
      parentClosePolicy: ParentClosePolicy.ABANDON,
      memo: { decision: order.decision },
      staticSummary: `take version ${order.candidate} of ${order.model} out of traffic`,
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(2))}%`;
}
