import { describe, expect, it } from 'vitest';
import { createRoutingActivities } from '../../activities/routing.ts';
import type { EffectKey } from '../../domain/identity/names.ts';
import type { Outcome } from '../../domain/identity/outcome.ts';
import { childId, taskQueue } from '../../domain/identity/workflow-ids.ts';
import type { RollBackReport, RollOutOrder, RollOutReport } from '../../domain/rollout/rollout.ts';
import { rollOut } from '../../workflows/roll-out.ts';
import { type Activities, Engine, type Fakes, failing, Gate, untilCancelled } from './engine.ts';
import { asOf, decision, digest, model, otherDecision, policy, table, url, v } from './material.ts';
import { MemoryRouter } from './memory-router.ts';

const order = (more: Partial<RollOutOrder> = {}): RollOutOrder => ({
  decision,
  model,
  asOf,
  policy: policy(),
  candidate: v(2),
  champion: v(1),
  clock: 'live',
  ...more,
});

const allGoesWell = (router: MemoryRouter): Fakes => ({
  ...createRoutingActivities({ router }),
  serve: async ({ version }) => ({ url: url(version), says: 'serves' }),
  stopServing: async () => undefined,
  planRollOut: async () => ({ shares: [0.05, 0.5], unit: 'customer' }),
  watchStep: async ({ step }) => watched('pass', step),
  moveAliases: async () => ({ outcome: 'moved' }),
  closeCandidate: async () => undefined,
  readAliases: async () => ({ champion: v(1) }),
});

const watched = (outcome: Outcome, step: number) => ({
  outcome,
  checkpoint: digest(`checkpoint-${step}`),
  watermark: asOf,
  says: `step ${step}: ${outcome}`,
});

const begin = ({ client, place }: Engine, what: RollOutOrder) =>
  client.workflow.start(rollOut, {
    workflowId: childId(place.installation, 'rollout', model),
    taskQueue: taskQueue(place.installation, 'control'),
    args: [what, place],
  });

const run = (router: MemoryRouter, fakes: Fakes, what = order(), options = {}) =>
  new Engine({ ...allGoesWell(router), ...fakes }).while(async (engine) => {
    const handle = await begin(engine, what);
    const report: RollOutReport = await handle.result();
    return { engine, report, outcome: await engine.outcomeOf(handle) };
  }, options);

const aliasesOf = (engine: Engine) => engine.of('moveAliases').map(([{ to }]) => to);

describe('rollOut', () => {
  for (const [cache, options] of [
    ['workflows kept in memory', {}],
    ['no workflow kept in memory', { maxCachedWorkflows: 0 }],
  ] as const) {
    it(`given each step is proven harmless, with ${cache}, then the shares rise step by step and the candidate is promoted`, async () => {
      const router = new MemoryRouter(table(1));
      const { engine, report, outcome } = await run(router, {}, order(), options);
      expect(report).toEqual({
        decision,
        candidate: v(2),
        outcome: 'promoted',
        evidence: digest('checkpoint-1'),
        asOf,
        says: 'Version 2 is the champion: step 1: pass',
      });
      expect(engine.of('setShares').map(([{ candidate, expectedEpoch }]) => [candidate?.share, expectedEpoch])).toEqual([
        [0.05, 3],
        [0.5, 4],
        [undefined, 5],
      ]);
      expect(engine.of('watchStep').map(([{ step, epoch, firstEpoch, checkpoint }]) => [step, epoch, firstEpoch, checkpoint])).toEqual([
        [0, 4, 4, undefined],
        [1, 5, 4, digest('checkpoint-0')],
      ]);
      expect(aliasesOf(engine)).toEqual([{ challenger: v(2) }, { champion: v(2), challenger: 'none', previous: v(1) }]);
      expect(router.shares).toEqual({ 2: 1 });
      expect(engine.of('stopServing')).toEqual([]);
      expect(outcome).toBe('promoted');
    });
  }

  it('given no champion, then the candidate gets all traffic at once, and nothing is watched', async () => {
    const router = new MemoryRouter();
    const { champion: _none, ...first } = order();
    const { engine, report } = await run(router, {}, first);
    expect(report).toMatchObject({ outcome: 'promoted', asOf });
    expect(report).not.toHaveProperty('evidence');
    expect(engine.of('watchStep')).toEqual([]);
    expect(aliasesOf(engine)).toEqual([{ champion: v(2), challenger: 'none', previous: 'none' }]);
    expect(router.shares).toEqual({ 2: 1 });
  });

  it('given harm at a step, then rollBack takes the candidate out of traffic, and the rollout completes as rolled-back', async () => {
    const router = new MemoryRouter(table(1));
    const fakes: Fakes = { ...allGoesWell(router), watchStep: async ({ step }) => watched(step === 1 ? 'fail' : 'pass', step) };
    await new Engine(fakes).while(async (engine) => {
      const handle = await begin(engine, order());
      expect(await handle.result()).toMatchObject({ outcome: 'rolled-back', evidence: digest('checkpoint-1'), says: 'step 1: fail' });
      expect((await handle.describe()).status.name).toBe('COMPLETED');
      const back = engine.client.workflow.getHandle(childId(engine.place.installation, 'rollback', model));
      expect((await back.result()) as RollBackReport).toMatchObject({ decision, outcome: 'rolled-back', from: v(2), to: v(1) });
      expect(router.shares).toEqual({ 1: 1 });
      expect(router.table?.hold).toMatchObject({ by: 'rollOut', from: v(2) });
      expect(engine.of('stopServing')).toEqual([[{ model, version: v(2) }]]);
      expect((await back.describe()).memo).toMatchObject({ decision });
    });
  });

  it('given harm while a rollback is under way already, then that one does it, and the rollout ends as it would', async () => {
    const router = new MemoryRouter(table(1));
    const gate = new Gate();
    const routing = createRoutingActivities({ router });
    const fakes: Fakes = {
      ...allGoesWell(router),
      watchStep: async () => {
        await gate.opened;
        return watched('fail', 0);
      },
    };
    const standing = new Gate();
    fakes.withdraw = async (what) => {
      gate.open();
      await standing.opened;
      return routing.withdraw(what);
    };
    await new Engine(fakes).while(async (engine) => {
      const handle = await begin(engine, order());
      await engine.begun('watchStep');
      const { rollBack } = await import('../../workflows/roll-back.ts');
      const back = await engine.client.workflow.start(rollBack, {
        workflowId: childId(engine.place.installation, 'rollback', model),
        taskQueue: taskQueue(engine.place.installation, 'contain'),
        args: [{ decision: otherDecision, model, because: 'odd', by: 'ann', from: v(2) }, engine.place],
      });
      expect(await handle.result()).toMatchObject({ outcome: 'rolled-back' });
      standing.open();
      expect(await back.result()).toMatchObject({ decision: otherDecision, outcome: 'rolled-back' });
      expect(router.shares).toEqual({ 1: 1 });
    });
  });

  it('given no proof either way in time, then the candidate is taken out again and the rollout is held', async () => {
    const router = new MemoryRouter(table(1));
    const { engine, report, outcome } = await run(router, { watchStep: async ({ step }) => watched('inconclusive', step) });
    expect(report).toMatchObject({ outcome: 'held', evidence: digest('checkpoint-0') });
    expect(router.shares).toEqual({ 1: 1 });
    expect(aliasesOf(engine)).toEqual([{ challenger: v(2) }, { challenger: 'none' }]);
    expect(engine.of('stopServing')).toEqual([[{ model, version: v(2) }]]);
    expect(outcome).toBe('held');
  });

  for (const [when, at] of [
    ['before the first step', 0],
    ['between two steps', 1],
    ['before the promotion', 2],
  ] as const) {
    it(`given a newer hand on the weights ${when}, then the rollout is superseded and leaves them as they are`, async () => {
      const router = new MemoryRouter(table(1));
      const routing = createRoutingActivities({ router });
      const theirs = () => table(1, { epoch: (router.table?.epoch ?? 0) + 1, writtenBy: `${otherDecision}/theirs` as EffectKey });
      let writes = 0;
      const { engine, report } = await run(router, {
        setShares: async (what) => {
          if (writes === at) router.table = theirs();
          writes += 1;
          return routing.setShares(what);
        },
      });
      expect(report).toMatchObject({ outcome: 'superseded' });
      expect(router.table).toMatchObject({ writtenBy: `${otherDecision}/theirs` });
      expect(engine.of('stopServing')).toEqual([[{ model, version: v(2) }]]);
      expect(aliasesOf(engine).at(-1)).toEqual({ challenger: 'none' });
    });
  }

  it('given a hold that another decision set, when this rollout is the one it stopped, then it is superseded', async () => {
    const hold = { by: 'ann', reason: 'odd', from: v(2) };
    const router = new MemoryRouter(table(1, { rollout: decision, hold }));
    const { report } = await run(router, {});
    expect(report).toMatchObject({ outcome: 'superseded' });
    expect(router.table?.hold).toEqual(hold);
  });

  it('given the newer hand put the candidate itself into traffic, then it is not stopped', async () => {
    const router = new MemoryRouter(table(1));
    const { engine, report } = await run(router, {
      setShares: async () => {
        router.table = table(2, { epoch: 9 });
        return { outcome: 'stale', epoch: 9 };
      },
    });
    expect(report).toMatchObject({ outcome: 'superseded' });
    expect(engine.of('stopServing')).toEqual([]);
  });

  it('given somebody else moved the champion alias, then all traffic is there but a person must look', async () => {
    const router = new MemoryRouter(table(1));
    const { report, outcome } = await run(router, {
      moveAliases: async ({ to }) => ({ outcome: 'champion' in to ? 'unexpected' : 'moved' }),
    });
    expect(report).toMatchObject({ outcome: 'failed' });
    expect(report.says).toContain('unexpected');
    expect(outcome).toBe('failed');
  });

  it('given a candidate that cannot be served, then the run fails: a person must look', () =>
    new Engine({ ...allGoesWell(new MemoryRouter(table(1))), serve: () => Promise.reject(failing('ServingFailed', 'no')) }).while(
      async (engine) => {
        const handle = await begin(engine, order());
        expect(await engine.endOf(handle)).toBe('FAILED');
        expect(engine.of('setShares')).toEqual([]);
      },
    ));

  it('given a cancel at a step, then only its own candidate is lowered', async () => {
    const router = new MemoryRouter(table(1));
    await new Engine({ ...allGoesWell(router), watchStep: untilCancelled }).while(async (engine) => {
      const handle = await begin(engine, order());
      await engine.begun('watchStep');
      await handle.cancel();
      expect(await engine.endOf(handle)).toBe('CANCELLED');
      expect(router.shares).toEqual({ 1: 1 });
      expect(engine.of('withdraw')).toHaveLength(1);
      expect(engine.of('stopServing')).toEqual([[{ model, version: v(2) }]]);
    });
  });

  it("given a cancel when another's candidate has traffic, then that one keeps it", async () => {
    const router = new MemoryRouter(table(1));
    await new Engine({ ...allGoesWell(router), watchStep: untilCancelled }).while(async (engine) => {
      const handle = await begin(engine, order());
      await engine.begun('watchStep');
      const arms = [
        { arm: 'champion', version: v(1), url: url(1), share: 0.5 },
        { arm: 'candidate', version: v(7), url: url(7), share: 0.5 },
      ] as const;
      router.table = table(1, { epoch: 8, rollout: otherDecision, arms });
      await handle.cancel();
      expect(await engine.endOf(handle)).toBe('CANCELLED');
      expect(router.shares).toEqual({ 1: 0.5, 7: 0.5 });
      expect(engine.of('withdraw')).toEqual([]);
      expect(engine.of('stopServing')).toEqual([[{ model, version: v(2) }]]);
    });
  });

  it('given a cancel while the shares are being written, then what was written is taken back', async () => {
    const router = new MemoryRouter(table(1));
    const routing = createRoutingActivities({ router });
    const gate = new Gate();
    const setShares: Activities['setShares'] = async (what) => {
      await gate.opened;
      return routing.setShares(what);
    };
    await new Engine({ ...allGoesWell(router), setShares }).while(async (engine) => {
      const handle = await begin(engine, order());
      await engine.begun('setShares');
      await handle.cancel();
      await engine.cancelSeen(handle);
      gate.open();
      expect(await engine.endOf(handle)).toBe('CANCELLED');
      expect(router.table?.writtenBy).toBe(`${decision}/lower`);
      expect(router.shares).toEqual({ 1: 1 });
    });
  });

  it('given a cancel between all traffic and the alias, then the promotion is completed, and what answers is not stopped', async () => {
    const router = new MemoryRouter(table(1));
    const gate = new Gate();
    const promoting = new Gate();
    const moveAliases: Activities['moveAliases'] = async ({ to }) => {
      if ('champion' in to) {
        promoting.open();
        await gate.opened;
      }
      return { outcome: 'moved' };
    };
    await new Engine({ ...allGoesWell(router), moveAliases }).while(async (engine) => {
      const handle = await begin(engine, order());
      await promoting.opened;
      await handle.cancel();
      await engine.cancelSeen(handle);
      gate.open();
      expect(await handle.result()).toMatchObject({ outcome: 'promoted' });
      expect(router.shares).toEqual({ 2: 1 });
      expect(engine.of('stopServing')).toEqual([]);
    });
  });
});
