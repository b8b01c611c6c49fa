import { randomUUID } from 'node:crypto';
import { ScheduleOverlapPolicy } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DecisionId } from '../../domain/identity/names.ts';
import { checkId, entityId, tidyId } from '../../domain/identity/workflow-ids.ts';
import type { LifecycleState } from '../../domain/lifecycle/state.ts';
import { give } from '../../scripts/models/entity.ts';
import { until } from '../until.ts';
import { type Bike, bikeOn, type Caller, prepareBike } from './bike.ts';
import { hands, layHandOn } from './hands.ts';
import { startTestStack, type TestStack } from './stack.ts';
import { runsSoFar, untilStage } from './stages.ts';
import { aliasWrites, restOf, tracesOf } from './traces.ts';

describe('a model whose workflows others lay hands on in Temporal', () => {
  let system: TestStack;
  let bike: Bike;
  let caller: Caller;

  beforeAll(async () => {
    system = await startTestStack({ prepare: prepareBike });
    bike = bikeOn(system);
    await bike.begin();
    caller = bike.call();
  });
  afterAll(async () => {
    await caller?.stop();
    await bike?.close();
    await system?.stop();
  });

  const idOf = (child: string) => `${system.session.place.installation}/${child}/${bike.model}`;

  async function expectAtRest(state: LifecycleState): Promise<void> {
    const { champion, previous } = state;
    expect(await restOf(system, bike)).toEqual({
      open: [],
      served: [champion, ...(previous === undefined ? [] : [previous])].toSorted(),
      arms: [`champion ${champion} 1`],
      trainings: 0,
      champion,
      challenger: undefined,
      doubledRecords: [],
    });
    expect(caller.failures).toEqual([]);
  }

  describe.each(['terminate', 'reset'] as const)('by %s', (hand) => {
    it(`given a retraining, a rollout and a baseline under way, when each meets ${hand}, then all is done once and in full`, async () => {
      const before = await bike.state();
      const runs = await runsSoFar(system, bike);
      const writes = aliasWrites(system);
      const decision = await beginHeldTraining(runs);
      await layHandOn(system, idOf('retrain'), hand);
      bike.releaseTraining();

      await settledRollingOut();
      await layHandOn(system, idOf('rollout'), hand);
      await settledRollingOut();
      await bike.turn();

      await whileFrozen('heavy-worker', async () => {
        const lastWeek = bike.turn();
        await untilStage(system, bike, { child: 'baseline', activity: 'takeBaseline' }, runs);
        await layHandOn(system, idOf('baseline'), hand);
        return { lastWeek };
      }).then(({ lastWeek }) => lastWeek);
      const after = await bike.until('idle');

      const traces = await tracesOf(system, bike, decision);
      expect(traces).toEqual({
        trainingRuns: ['FINISHED'],
        runFolders: 1,
        programStarts: 1,
        versions: [after.champion],
        ends: ['promoted'],
      });
      expect(after).toMatchObject({ previous: before.champion, baseline: expect.any(String) });
      expect(after.baseline).not.toBe(before.baseline);
      expect(aliasWrites(system)).toBe(writes + 4);
      await expectAtRest(after);
    });
  });

  it('given a retraining, when it is cancelled, then its program is stopped, nothing is left of it, and the model goes on', async () => {
    const before = await bike.state();
    const decision = await beginHeldTraining(await runsSoFar(system, bike));
    await layHandOn(system, idOf('retrain'), 'cancel');
    const after = await bike.until('idle');
    bike.releaseTraining();
    expect(await tracesOf(system, bike, decision)).toEqual({
      trainingRuns: ['KILLED'],
      runFolders: 1,
      programStarts: 1,
      versions: [],
      ends: [],
    });
    expect(after.champion).toBe(before.champion);
    await expectAtRest(after);
  });

  it('given a retraining, when it is terminated twice, then it is given up, and tidy stops its program', async () => {
    const { client, place } = system.session;
    const before = await bike.state();
    const runs = await runsSoFar(system, bike);
    const decision = await beginHeldTraining(runs);
    const first = await runsSoFar(system, bike);
    await layHandOn(system, idOf('retrain'), 'terminate');
    await untilStage(system, bike, { child: 'retrain', activity: 'train' }, [...runs, ...first]);
    await layHandOn(system, idOf('retrain'), 'terminate');
    const after = await bike.until('idle');
    expect(after.champion).toBe(before.champion);
    expect((await restOf(system, bike)).trainings).toBe(1);

    await client.schedule.getHandle(tidyId(place.installation)).trigger(ScheduleOverlapPolicy.SKIP);
    await until(async () => (await restOf(system, bike)).trainings === 0 || undefined);
    await until(async () => (await tracesOf(system, bike, decision)).trainingRuns[0] === 'KILLED' || undefined);
    bike.releaseTraining();
    await expectAtRest(after);
  });

  it('given a rollout, when it is cancelled, then its candidate is taken out of traffic and closed, and the model goes on', async () => {
    const before = await bike.state();
    const decision = await bike.retrain('a drill');
    await settledRollingOut();
    await layHandOn(system, idOf('rollout'), 'cancel');
    const after = await bike.until('idle');
    const { versions } = await tracesOf(system, bike, decision);
    const candidate = await system.session.ports.registry.find(bike.model, versions[0] as never);
    expect(candidate?.tags['anchorwatch.status']).toBe('rolled-back');
    expect(after.champion).toBe(before.champion);
    await expectAtRest(after);
  });

  it.each(hands)('given a check, when it meets %s, then the next one counts what it had not', async (hand) => {
    const { place, client } = system.session;
    const prefix = checkId(place.installation, bike.model);
    const lost = await whileFrozen('heavy-worker', async () => {
      const turn = bike.turn().then(
        () => 'ended',
        (error: Error) => error.name,
      );
      const id = await until(async () => {
        for await (const { workflowId } of client.workflow.list({ query: `WorkflowType = "checkDrift" AND ExecutionStatus = "Running"` }))
          if (workflowId.startsWith(prefix)) return workflowId;
        return undefined;
      });
      await layHandOn(system, id, hand);
      return { turn, id };
    });
    await lost.turn;
    if (hand === 'reset') await client.workflow.getHandle(lost.id).result();
    const { check, state } = await bike.turn();
    expect(check.report).toBeDefined();
    expect(state.lastReports.at(-1)).toBe(check.report);
    await expectAtRest(state);
  });

  it('given a rollback under way, when it is terminated, reset and cancelled, then traffic and aliases are taken back once', async () => {
    const before = await bike.state();
    const runs = await runsSoFar(system, bike);
    await whileFrozen('mlflow', async () => {
      const decision = `${before.asOf}-${randomUUID().slice(0, 12).replace('-', '0')}` as never;
      const asOf = before.asOf as never;
      await give(system.session, bike.model, { kind: 'rollback-requested', decision, who: 'tester', reason: 'a drill', asOf });
      let seen = runs;
      for (const hand of ['terminate', 'reset', 'cancel'] as const) {
        await untilStage(system, bike, { child: 'rollback', activity: 'moveAliases' }, seen);
        if (hand !== 'cancel') seen = [...seen, ...(await runsSoFar(system, bike))];
        await layHandOn(system, idOf('rollback'), hand);
      }
    });
    const after = await bike.until('idle');
    expect(after.champion).toBe(before.previous);
    const { champion, previous } = await system.session.ports.registry.aliases(bike.model);
    expect({ champion, previous }).toEqual({ champion: before.previous, previous: undefined });
    await expectAtRest(after);
  });

  describe.each(['in its first run', 'after a continue-as-new'])('the entity, %s', () => {
    const entity = () => entityId(system.session.place.installation, bike.model);

    it('given it is reset to its beginning, when it has settled, then it stands where it stood, with nothing done twice', async () => {
      const before = await bike.state();
      const runs = await runsSoFar(system, bike);
      const writes = aliasWrites(system);
      await layHandOn(system, entity(), 'reset');
      const { revision, ...after } = await bike.until('idle');
      expect(revision).toBeGreaterThanOrEqual(before.revision);
      expect(after).toMatchObject({ champion: before.champion, baseline: before.baseline, lastDecision: before.lastDecision });
      expect(await runsSoFar(system, bike)).toEqual(runs);
      expect(aliasWrites(system)).toBe(writes);
      await expectAtRest({ ...after, revision });
    });

    it('given it is terminated and recovered during a retraining, and reset during the rollout, then both go on', async () => {
      const before = await bike.state();
      const decision = await beginHeldTraining(await runsSoFar(system, bike));
      await layHandOn(system, entity(), 'terminate');
      expect(await system.command('recover', bike.model)).toMatchObject({ code: 0 });
      bike.releaseTraining();
      await settledRollingOut();
      await layHandOn(system, entity(), 'reset');
      const after = await bike.until('idle');
      const traces = await tracesOf(system, bike, decision);
      expect(traces).toEqual({
        trainingRuns: ['FINISHED'],
        runFolders: 1,
        programStarts: 1,
        versions: [after.champion],
        ends: ['promoted'],
      });
      expect(after.previous).toBe(before.champion);
      await expectAtRest(after);
    });

    it('given it is cancelled, then it is paused in a new run, and goes on when it is resumed', async () => {
      const { runId } = await system.session.client.workflow.getHandle(entity()).describe();
      await layHandOn(system, entity(), 'cancel');
      await until(async () => (await bike.state()).paused);
      await until(async () => (await system.session.client.workflow.getHandle(entity()).describe()).runId !== runId || undefined);
      await give(system.session, bike.model, { kind: 'resumed', who: 'tester' });
      const { state } = await bike.turn();
      expect(state.paused).toBeUndefined();
      await expectAtRest(state);
    });
  });

  /** Returns when the training program runs, held back. */
  async function beginHeldTraining(runs: readonly string[]): Promise<DecisionId> {
    bike.holdTraining();
    const decision = await bike.retrain('a drill');
    await untilStage(system, bike, { child: 'retrain', activity: 'train' }, runs);
    await until(() => bike.trainingStarts(decision) > 0 || undefined);
    return decision;
  }

  async function settledRollingOut(): Promise<void> {
    expect((await bike.settle()).phase.at).toBe('rolling-out');
  }

  async function whileFrozen<T>(part: 'heavy-worker' | 'mlflow', work: () => Promise<T>): Promise<T> {
    system.signal(part, 'SIGSTOP');
    try {
      return await work();
    } finally {
      system.signal(part, 'SIGCONT');
    }
  }
});
