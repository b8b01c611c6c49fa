import { describe, expect, it } from 'vitest';
import { createRoutingActivities } from '../../activities/routing.ts';
import { childId, taskQueue } from '../../domain/identity/workflow-ids.ts';
import type { RollBackOrder, RollBackReport } from '../../domain/rollout/rollout.ts';
import type { Arm } from '../../domain/traffic/routing-table.ts';
import { rollBack } from '../../workflows/roll-back.ts';
import { Engine, type Fakes, failing } from './engine.ts';
import { decision, model, otherDecision, table, url, v } from './material.ts';
import { MemoryRouter } from './memory-router.ts';

const order = (more: Partial<RollBackOrder> = {}): RollBackOrder => ({ decision, model, because: 'errors', by: 'ann', ...more });

const inCanary: readonly Arm[] = [
  { arm: 'champion', version: v(1), url: url(1), share: 0.8 },
  { arm: 'candidate', version: v(2), url: url(2), share: 0.2 },
];

const allGoesWell = (router: MemoryRouter): Fakes => ({
  ...createRoutingActivities({ router }),
  serve: async ({ version }) => ({ url: url(version), says: 'serves' }),
  stopServing: async () => undefined,
  moveAliases: async () => ({ outcome: 'moved' }),
  closeCandidate: async () => undefined,
  readAliases: async () => ({ champion: v(1) }),
});

const begin = ({ client, place }: Engine, what: RollBackOrder) =>
  client.workflow.start(rollBack, {
    workflowId: childId(place.installation, 'rollback', model),
    taskQueue: taskQueue(place.installation, 'contain'),
    args: [what, place],
  });

const run = (router: MemoryRouter, fakes: Fakes, what = order(), options = {}) =>
  new Engine({ ...allGoesWell(router), ...fakes }).while(async (engine) => {
    const handle = await begin(engine, what);
    const report: RollBackReport = await handle.result();
    return { engine, report, outcome: await engine.outcomeOf(handle) };
  }, options);

describe('rollBack', () => {
  for (const [cache, options] of [
    ['workflows kept in memory', {}],
    ['no workflow kept in memory', { maxCachedWorkflows: 0 }],
  ] as const) {
    it(`given a candidate in traffic, with ${cache}, then weights come first, then aliases and record, all on the queue nothing can starve`, async () => {
      const router = new MemoryRouter(table(1, { arms: inCanary }));
      const { engine, report, outcome } = await run(router, {}, order({ from: v(2) }), options);
      expect(report).toMatchObject({ outcome: 'rolled-back', from: v(2), to: v(1), epoch: 4 });
      expect(router.shares).toEqual({ 1: 1 });
      expect(router.table?.hold).toEqual({ by: 'ann', reason: 'errors', from: v(2) });
      expect(engine.did).toEqual(['contain:withdraw', 'contain:moveAliases', 'contain:closeCandidate', 'contain:stopServing']);
      expect(engine.of('moveAliases')[0]?.[0]).toMatchObject({ epoch: 4, to: { champion: v(1), challenger: 'none' } });
      expect(engine.of('closeCandidate')[0]?.[0]).toMatchObject({ version: v(2), status: 'rolled-back', reason: 'errors' });
      expect(outcome).toBe('rolled-back');
    });
  }

  it('given a champion and a version before it, then that one is served first, gets all traffic, and is nobody’s previous', async () => {
    const router = new MemoryRouter(table(2));
    const { engine, report } = await run(router, {}, order({ from: v(2), to: v(1) }));
    expect(report).toMatchObject({ outcome: 'rolled-back', from: v(2), to: v(1), epoch: 4 });
    expect(engine.did[0]).toBe('contain:serve');
    expect(router.shares).toEqual({ 1: 1 });
    expect(engine.of('moveAliases')[0]?.[0].to).toEqual({ champion: v(1), challenger: 'none', previous: 'none' });
    expect(engine.of('stopServing')).toEqual([[{ model, version: v(2) }]]);
  });

  it('given another hand writes the shares at the same moment, then it goes on until it wins', async () => {
    const router = new MemoryRouter(table(2));
    const routing = createRoutingActivities({ router });
    let races = 0;
    const { report, engine } = await run(
      router,
      {
        setShares: async (what) => {
          races += 1;
          if (races < 3) router.table = table(2, { epoch: (router.table?.epoch ?? 0) + 1 });
          return routing.setShares(what);
        },
      },
      order({ from: v(2), to: v(1) }),
    );
    expect(report).toMatchObject({ outcome: 'rolled-back', epoch: 6 });
    expect(engine.of('setShares')).toHaveLength(3);
  });

  it('given the candidate had become the champion a moment before, then the champion before it answers again', async () => {
    for (const aliases of [{ champion: v(1) }, { champion: v(2), previous: v(1) }]) {
      const router = new MemoryRouter(table(2, { rollout: decision }));
      const { report } = await run(router, { readAliases: async () => aliases }, order({ from: v(2), decision: otherDecision }));
      expect(report).toMatchObject({ outcome: 'rolled-back', from: v(2), to: v(1) });
      expect(router.shares).toEqual({ 1: 1 });
    }
  });

  it('given no table, no candidate, or no version to go back to, then there is nothing to do, and no alias moves', async () => {
    const cases = [
      [new MemoryRouter(), order({ from: v(2) })],
      [new MemoryRouter(table(1)), order()],
      [new MemoryRouter(table(1)), order({ to: v(1) })],
    ] as const;
    for (const [router, what] of cases) {
      const { engine, report, outcome } = await run(router, {}, what);
      expect(report).toMatchObject({ decision, outcome: 'nothing-to-do' });
      expect(engine.of('moveAliases')).toEqual([]);
      expect(engine.of('stopServing')).toEqual([]);
      expect(outcome).toBe('nothing-to-do');
    }
  });

  for (const [what, first] of [
    ['a candidate', { arms: inCanary, order: order({ from: v(2) }) }],
    ['a champion', { arms: table(2).arms, order: order({ from: v(2), to: v(1) }) }],
  ] as const) {
    it(`given ${what} is taken back twice, then the second time finds it done, and the traffic is the same`, async () => {
      const router = new MemoryRouter(table(1, { arms: first.arms }));
      await new Engine(allGoesWell(router)).while(async (engine) => {
        const once = await (await begin(engine, first.order)).result();
        const twice = await (await begin(engine, first.order)).result();
        expect(twice).toEqual(once);
        expect(router.table?.epoch).toBe(4);
      });
    });
  }

  it('given nobody answers for the model and no rollout is under way, then it completes all the same', async () => {
    const { engine } = await run(new MemoryRouter(table(1, { arms: inCanary })), {});
    const handle = engine.client.workflow.getHandle(childId(engine.place.installation, 'rollback', model));
    expect(await engine.eventsOf(handle)).toContain('signalExternalWorkflowExecutionFailedEventAttributes');
    expect(await engine.eventsOf(handle)).toContain('requestCancelExternalWorkflowExecutionFailedEventAttributes');
  });

  it('given the version to go back to cannot be served, then the run fails and the traffic stays where it is', async () => {
    const router = new MemoryRouter(table(2));
    const fakes = { ...allGoesWell(router), serve: () => Promise.reject(failing('ServingFailed', 'gone')) };
    await new Engine(fakes).while(async (engine) => {
      expect(await engine.endOf(await begin(engine, order({ from: v(2), to: v(1) })))).toBe('FAILED');
      expect(router.shares).toEqual({ 2: 1 });
    });
  });
});
