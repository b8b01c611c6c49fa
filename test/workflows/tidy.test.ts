import { describe, expect, it } from 'vitest';
import type { Leftover } from '../../activities/tidying.ts';
import { childId, taskQueue, tidyId } from '../../domain/identity/workflow-ids.ts';
import type { RollBackReport } from '../../domain/rollout/rollout.ts';
import { rollBack } from '../../workflows/roll-back.ts';
import { tidy } from '../../workflows/tidy.ts';
import { type Activities, Engine, type Fakes, Gate } from './engine.ts';
import { model, v } from './material.ts';

const endpoint: Leftover = { kind: 'endpoint', model, version: v(7), says: 'bike version 7 was served for nobody.' };
const weight: Leftover = { kind: 'weight', model, epoch: 4, says: 'bike: a candidate had traffic and no rollout watched it.' };
const offline: Leftover = {
  kind: 'offline-rollback',
  model,
  from: v(2),
  who: 'offline by ann',
  epoch: 9,
  says: 'errors (offline at 2011-05-09T00:00:00.000Z)',
};

const leaving = (...leftovers: Leftover[]): Fakes => ({ findLeftovers: async () => leftovers, undo: async () => undefined });

const takingBack: Fakes = {
  withdraw: async () => ({ epoch: 10, from: v(2), to: v(1) }),
  readTable: async () => undefined,
  moveAliases: async () => ({ outcome: 'moved' }),
  closeCandidate: async () => undefined,
  stopServing: async () => undefined,
};

const begin = ({ client, place }: Engine) =>
  client.workflow.start(tidy, {
    workflowId: tidyId(place.installation),
    taskQueue: taskQueue(place.installation, 'control'),
    args: [place],
  });

describe('tidy', () => {
  for (const [cache, options] of [
    ['workflows kept in memory', {}],
    ['no workflow kept in memory', { maxCachedWorkflows: 0 }],
  ] as const) {
    it(`given an endpoint and a weight that belong to nothing open, with ${cache}, then both are undone and told`, () =>
      new Engine(leaving(endpoint, weight)).while(async (engine) => {
        const handle = await begin(engine);
        expect(await handle.result()).toEqual({ undone: [endpoint, weight], says: `${endpoint.says}\n${weight.says}` });
        expect(engine.of('undo')).toEqual([[endpoint], [weight]]);
        expect(await engine.outcomeOf(handle)).toBe('tidied');
      }, options));
  }

  it('given nothing is left over, then nothing is touched', () =>
    new Engine(leaving()).while(async (engine) => {
      const handle = await begin(engine);
      expect(await handle.result()).toEqual({ undone: [], says: 'Nothing was left over.' });
      expect(engine.did).toEqual(['watch:findLeftovers']);
      expect(await engine.outcomeOf(handle)).toBe('clean');
    }));

  for (const [what, leftover, back] of [
    ['a candidate', offline, undefined],
    ['a champion', { ...offline, to: v(1) }, v(1)],
  ] as const) {
    it(`given ${what} was rolled back while Temporal was down, then a rollback of ours takes it over, under a name that is the same each time`, () => {
      const restored = { ...takingBack, serve: async () => ({ url: 'http://127.0.0.1/1', says: 'serves' }) };
      const table = {
        model,
        epoch: 9,
        arms: [{ arm: 'champion', version: v(1), url: 'http://127.0.0.1/1', share: 1 }],
        hold: { by: 'offline by ann', reason: 'errors', from: v(2) },
        replay: false,
        writtenBy: 'offline/rollback',
      };
      const fakes: Fakes = { ...leaving(leftover), ...restored, readTable: async () => table as never };
      return new Engine(fakes).while(async (engine) => {
        await (await begin(engine)).result();
        const handle = engine.client.workflow.getHandle(childId(engine.place.installation, 'rollback', model));
        expect((await handle.result()) as RollBackReport).toMatchObject({
          decision: 'offline-9',
          outcome: 'rolled-back',
          from: v(2),
          to: v(1),
        });
        expect(engine.of('undo')).toEqual([]);
        expect(engine.of('withdraw')).toHaveLength(back === undefined ? 1 : 0);
        expect(engine.of('closeCandidate')[0]?.[0]).toMatchObject({ version: v(2), status: 'rolled-back' });
      });
    });
  }

  it('given that rollback is under way already, then the other leftovers are undone all the same', () => {
    const gate = new Gate();
    const withdraw: Activities['withdraw'] = async () => {
      await gate.opened;
      return { epoch: 10 };
    };
    return new Engine({ ...leaving(offline, endpoint), ...takingBack, withdraw }).while(async (engine) => {
      const { installation } = engine.place;
      const standing = await engine.client.workflow.start(rollBack, {
        workflowId: childId(installation, 'rollback', model),
        taskQueue: taskQueue(installation, 'contain'),
        args: [{ decision: 'offline-9' as never, model, because: 'errors', by: 'ann' }, engine.place],
      });
      await (await begin(engine)).result();
      expect(engine.of('undo')).toEqual([[endpoint]]);
      gate.open();
      await standing.result();
    });
  });
});
