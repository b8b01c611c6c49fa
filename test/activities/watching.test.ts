import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MockActivityEnvironment } from '@temporalio/testing';
import { describe, expect, it } from 'vitest';
import { createWatchingActivities } from '../../activities/watching.ts';
import { createSealedLog } from '../../adapters/router/gateway/sealed-log.ts';
import { createArtefacts } from '../../adapters/store/artefacts.ts';
import { createFileStore } from '../../adapters/store/file/file-store.ts';
import { type EventTime, eventTime, plusDays } from '../../domain/identity/event-time.ts';
import type { Digest, Version } from '../../domain/identity/names.ts';
import type { WatchCheckpoint, WatchHeartbeat, WatchStepOrder } from '../../domain/rollout/watch-step.ts';
import type { PredictionRecord } from '../../domain/traffic/record.ts';
import { segmentName } from '../../domain/traffic/segment-name.ts';
import { policyWith } from '../decision/decision-material.ts';
import { temporaryFolder } from '../gateway/harness.ts';
import { order as anyOrder, rules, startedAt } from '../rollout/material.ts';

/** A state folder with a log that the test seals, a store, and the activity over both. */
async function openWatch(changes: Partial<typeof rules> = {}) {
  const stateRoot = await temporaryFolder();
  const folder = join(stateRoot, 'gateway', anyOrder.model);
  await mkdir(join(folder, 'predictions'), { recursive: true });
  const artefacts = createArtefacts(createFileStore(join(stateRoot, 'store')));
  const policy = policyWith({ rollout: { ...rules, ...changes } });
  const order: WatchStepOrder = { ...anyOrder, policy: await artefacts.save(policy) };
  const { watchStep } = createWatchingActivities({ artefacts, log: createSealedLog(stateRoot) });
  const moveWatermark = (asOf: EventTime) => writeFile(join(folder, 'watermark.json'), JSON.stringify({ asOf }));
  return {
    order,
    watchStep,
    artefacts,
    moveWatermark,
    async seal(day: number, records: readonly PredictionRecord[]) {
      const lines = records.map((record) => `${JSON.stringify(record)}\n`).join('');
      await writeFile(join(folder, 'predictions', segmentName(plusDays(startedAt, day), day)), lines);
      await moveWatermark(plusDays(startedAt, day));
    },
  };
}

type Watch = Awaited<ReturnType<typeof openWatch>>;

/** Runs the watch until it ends, or until a heartbeat says that it waits beyond `until`; then it is cancelled as a redeploy would. */
async function run({ watchStep }: Watch, order: WatchStepOrder, from?: WatchHeartbeat, until?: EventTime) {
  const environment = new MockActivityEnvironment(from === undefined ? {} : { heartbeatDetails: from });
  const heartbeats: WatchHeartbeat[] = [];
  environment.on('heartbeat', (beat: WatchHeartbeat) => {
    heartbeats.push(beat);
    if (until !== undefined && beat.watermark !== undefined && beat.watermark >= until) environment.cancel('WORKER_SHUTDOWN');
  });
  const result = await environment.run(watchStep, order).catch((error: Error) => error);
  return { result, heartbeats, last: heartbeats.at(-1) as WatchHeartbeat };
}

function records(
  day: number,
  counts: { champion: number; candidate: number },
  changes: Partial<PredictionRecord> = {},
): PredictionRecord[] {
  const every = Math.ceil(counts.champion / Math.max(1, counts.candidate));
  const arms = Array.from({ length: counts.champion }, (_, index) =>
    index % every === 0 && index / every < counts.candidate ? (['champion', 'candidate'] as const) : (['champion'] as const),
  ).flat();
  return arms.map((arm, index) => ({
    id: `${day}-${index}`,
    model: anyOrder.model,
    time: eventTime(Date.parse(plusDays(startedAt, day - 1)) + index * 1000),
    unit: `${day}-${index}`,
    arm,
    version: anyOrder[arm],
    epoch: 2,
    candidateShare: 0.05,
    status: arm === 'candidate' ? (changes.status ?? 200) : 200,
    latencyMilliseconds: Math.random(),
    features: { hr: 1 },
    ...(changes.epoch !== undefined && { epoch: changes.epoch }),
  }));
}

const harmless = (day: number) => records(day, { champion: 57, candidate: 3 });

describe('watchStep', () => {
  it('given segments with enough units and no harm, when it watches, then it passes at the first boundary where that holds', async () => {
    const watch = await openWatch();
    for (const day of [1, 2, 3, 4]) await watch.seal(day, harmless(day));
    const { result } = await run(watch, watch.order);
    expect(result).toMatchObject({ outcome: 'pass', watermark: plusDays(startedAt, 3) });
  });

  it('given a candidate that fails, when it watches, then it fails at that boundary and not at a later one', async () => {
    const watch = await openWatch({ minimumUnits: [100] });
    await watch.seal(1, harmless(1));
    await watch.seal(2, records(2, { champion: 80, candidate: 4 }, { status: 502 }));
    await watch.seal(3, harmless(3));
    const { result } = await run(watch, watch.order);
    expect(result).toMatchObject({
      outcome: 'fail',
      watermark: plusDays(startedAt, 2),
      says: expect.stringMatching(/^Harm found: 4 of 7/),
    });
  });

  it('given records of older epochs or other versions, when it watches, then they count for nothing', async () => {
    const watch = await openWatch();
    await watch.seal(1, [
      ...records(1, { champion: 80, candidate: 4 }, { status: 502, epoch: 1 }),
      ...records(2, { champion: 80, candidate: 4 }, { status: 502 }).map((record) => ({ ...record, version: '7' as Version })),
    ]);
    const { last } = await run(watch, watch.order, undefined, plusDays(startedAt, 1));
    const checkpoint = await watch.artefacts.read<WatchCheckpoint>('watch-checkpoint', last.checkpoint as Digest);
    expect(checkpoint?.arms).toEqual({
      champion: { units: 0, unitsWithError: 0, requests: 0, errors: 0 },
      candidate: { units: 0, unitsWithError: 0, requests: 0, errors: 0 },
    });
  });

  it('given a shutdown after any segment, when it goes on from its heartbeat, then the result is byte for byte the unbroken one', async () => {
    const unbroken = await openWatch();
    for (const day of [1, 2, 3]) await unbroken.seal(day, harmless(day));
    const { result: expected } = await run(unbroken, unbroken.order);
    const broken = await openWatch();
    let beat: WatchHeartbeat | undefined;
    for (const day of [1, 2]) {
      await broken.seal(day, harmless(day));
      const stopped = await run(broken, broken.order, beat, plusDays(startedAt, day));
      expect(stopped.result).toMatchObject({ name: 'CancelledFailure' });
      beat = stopped.last;
    }
    await broken.moveWatermark(plusDays(startedAt, 2.5));
    beat = (await run(broken, broken.order, beat, plusDays(startedAt, 2.5))).last;
    await broken.seal(3, harmless(3));
    expect((await run(broken, broken.order, beat)).result).toEqual(expected);
  });

  it('given the step before, when the next one begins with nothing new, then it says what it waits beyond and keeps the evidence', async () => {
    const watch = await openWatch();
    for (const day of [1, 2, 3]) await watch.seal(day, harmless(day));
    const { result } = await run(watch, watch.order);
    const { checkpoint } = result as { checkpoint: Digest };
    const next = { ...watch.order, step: 1, epoch: 3, checkpoint };
    const { heartbeats, last } = await run(watch, next, undefined, plusDays(startedAt, 3));
    expect(heartbeats[0]).toEqual({ says: expect.stringMatching(/^20%: at least 30 candidate units/) });
    expect(last).toMatchObject({
      watermark: plusDays(startedAt, 3),
      says: expect.stringMatching(/^Step 2 of 4 \(20%\): waiting for 30 .*0 seen/),
    });
    const saved = await watch.artefacts.read<WatchCheckpoint>('watch-checkpoint', last.checkpoint as Digest);
    expect(saved).toMatchObject({ arms: { candidate: { units: 9 } }, stepUnits: [], epoch: 3, madeFrom: [watch.order.policy, checkpoint] });
  });

  it('given time passes without traffic, when the maximum is over, then it is inconclusive at the deadline, however late it looks', async () => {
    const watch = await openWatch();
    await watch.seal(1, harmless(1));
    await watch.moveWatermark(plusDays(startedAt, 40));
    const silent = await run(watch, watch.order);
    expect(silent.result).toMatchObject({ outcome: 'inconclusive', watermark: plusDays(startedAt, 28) });
    await watch.seal(41, records(41, { champion: 200, candidate: 10 }));
    expect((await run(watch, watch.order)).result).toEqual(silent.result);
  });

  it('given units are people, when a checkpoint is saved, then it names none of them, and heartbeats stay small', async () => {
    const watch = await openWatch();
    await watch.seal(
      1,
      harmless(1).map((record) => ({ ...record, unit: `olga-${record.unit}` })),
    );
    const { last } = await run(watch, watch.order, undefined, plusDays(startedAt, 1));
    const checkpoint = await watch.artefacts.read<WatchCheckpoint>('watch-checkpoint', last.checkpoint as Digest);
    expect(JSON.stringify(checkpoint)).not.toContain('olga');
    expect(checkpoint?.seenUnits.champion).toHaveLength(57);
    expect(JSON.stringify(last).length).toBeLessThan(2_000);
  });

  it('given a policy without rollOut, when a step is to be watched, then it fails for good with the remedy', async () => {
    const watch = await openWatch();
    const { result } = await run(watch, { ...watch.order, policy: 'a'.repeat(64) as Digest });
    expect(result).toMatchObject({
      type: 'RolloutRulesMissing',
      nonRetryable: true,
      message: expect.stringMatching(/Apply a policy with rollOut/),
    });
  });
});
