import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LifecycleState } from '../../domain/lifecycle/state.ts';
import { seededRandom } from '../../domain/statistics/seeded-random.ts';
import { requireStatus } from '../../scripts/models/entity.ts';
import { until } from '../until.ts';
import { type Bike, bikeOn, type Caller, prepareBike } from './bike.ts';
import { startTestStack, type TestStack } from './stack.ts';
import { runsSoFar, type Stage, toldStage, untilStage } from './stages.ts';
import { aliasWrites, restOf, tracesOf } from './traces.ts';

/** Over a retraining and a rollout; with a seeded delay on top they fall anywhere between two stages. */
export const killPoints: readonly Stage[] = [
  { child: 'retrain', activity: 'prepare' },
  { child: 'retrain', activity: 'train' },
  { child: 'retrain', activity: 'registerCandidate' },
  { child: 'retrain', activity: 'serve' },
  { child: 'retrain', activity: 'score' },
  { child: 'retrain', activity: 'recordVerdict' },
  { child: 'rollout', activity: 'serve' },
  { child: 'rollout', activity: 'setShares' },
  { child: 'rollout', activity: 'watchStep', times: 2 },
  { child: 'rollout', activity: 'moveAliases', times: 2 },
];

const workers = ['worker', 'heavy-worker'] as const;
const longestDelayMilliseconds = 1_000;
/** `challenger` is set, then `previous`, `champion`, and `challenger` taken away. */
const aliasWritesOfPromotion = 4;
/** Two steps, and all. */
const sharesOfPromotion = 3;

/** One stack and one model: a retraining and a rollout for each point, during which both workers are killed. */
export function survivesKillsAt(points: readonly Stage[], seed: number): void {
  describe('a model whose workers are killed', () => {
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

    async function expectPromotedOnce(play: () => Promise<LifecycleState>): Promise<void> {
      const before = await bike.state();
      const epochBefore = (await system.session.ports.router.read(bike.model))?.epoch as number;
      const writesBefore = aliasWrites(system);
      const decision = await bike.retrain('a drill');

      const after = await play();

      const traces = await tracesOf(system, bike, decision);
      expect(traces).toEqual({
        trainingRuns: ['FINISHED'],
        runFolders: 1,
        programStarts: 1,
        versions: [expect.any(String)],
        ends: ['promoted'],
      });
      const [version] = traces.versions;
      expect(after).toMatchObject({ champion: version, previous: before.champion, baseline: expect.any(String) });
      expect(after.baseline).not.toBe(before.baseline);
      expect(await restOf(system, bike)).toEqual({
        open: [],
        served: [before.champion, version].toSorted(),
        arms: [`champion ${version} 1`],
        trainings: 0,
        champion: version,
        challenger: undefined,
        doubledRecords: [],
      });
      expect((await system.session.ports.router.read(bike.model))?.epoch).toBe(epochBefore + sharesOfPromotion);
      expect(aliasWrites(system)).toBe(writesBefore + aliasWritesOfPromotion);
      expect(caller.failures).toEqual([]);
    }

    it.each(points.map((stage, at) => ({ stage, at, name: toldStage(stage) })))(
      'given kill -9 at $name, when they are started again, then all is done once and in full',
      async ({ stage, at }) => {
        const delay = seededRandom(seed + at)() * longestDelayMilliseconds;
        const before = await runsSoFar(system, bike);
        await expectPromotedOnce(async () => {
          const [after] = await Promise.all([bike.until('idle'), killAt(stage, before, delay)]);
          return after;
        });
      },
    );

    async function killAt(stage: Stage, before: readonly string[], delay: number): Promise<void> {
      await untilStage(system, bike, stage, before);
      await sleep(delay);
      await system.restart(workers, 'SIGKILL');
    }

    it('given five restarts in a row during training, when it has ended, then all is done once and in full', async () => {
      bike.holdTraining();
      await expectPromotedOnce(async () => {
        await until(async () => (await runningTrainings()) > 0 || undefined);
        await restartFiveTimes();
        expect(await runningTrainings()).toBe(1);
        bike.releaseTraining();
        return await bike.until('idle');
      });
    });

    it('given five restarts in a row during a step of the canary, when it has passed, then all is done once and in full', async () => {
      await expectPromotedOnce(async () => {
        expect((await bike.settle()).phase.at).toBe('rolling-out');
        await restartFiveTimes();
        return await bike.until('idle');
      });
    });

    async function restartFiveTimes(): Promise<void> {
      for (let restart = 0; restart < 5; restart += 1) await system.restart(['worker'], 'SIGTERM');
    }

    it('given all of that, when callers are asked, then each of them had an answer', async () => {
      await caller.stop();
      expect(caller.calls).toBeGreaterThan(0);
      expect(caller.failures).toEqual([]);
      expect((await requireStatus(system.session, bike.model)).pending).toEqual({ events: 0, effects: 0 });
    });

    async function runningTrainings(): Promise<number> {
      return (await restOf(system, bike)).trainings;
    }
  });
}
