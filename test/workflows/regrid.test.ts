import { describe, expect, it } from 'vitest';
import { entityId, regridId, taskQueue } from '../../domain/identity/workflow-ids.ts';
import { firstState } from '../../domain/lifecycle/first-state.ts';
import { newestRules } from '../../domain/lifecycle/rules.ts';
import { maintainModel } from '../../workflows/maintain-model.ts';
import { status } from '../../workflows/messages.ts';
import { type RegridOrder, regrid } from '../../workflows/regrid.ts';
import { until } from '../until.ts';
import { counting } from './counting.ts';
import { Engine, type Fakes, failing } from './engine.ts';
import { asOf, digest, model, policy, v } from './material.ts';

const order: RegridOrder = { model, policy: policy(), asOf, baseline: digest('old'), version: v(1), because: 'New columns: wind.' };
const grid = digest('wider');

const regridding = (segments: number): Fakes => ({
  ...counting(segments),
  cutAnew: async () => ({ outcome: 'pass', grid, since: asOf }),
  switchGrid: async () => ({ baseline: digest('new'), says: 'Grid old gave way to wider.' }),
  saveSnapshot: async () => undefined,
  appendAudit: async ({ seq }) => ({ seq, digest: digest(`audit-${seq}`) }),
});

const begin = ({ client, place }: Engine) =>
  client.workflow.start(regrid, {
    workflowId: regridId(place.installation, model),
    taskQueue: taskQueue(place.installation, 'control'),
    args: [order, place],
  });

const entityWith = ({ client, place }: Engine, baseline: string) =>
  client.workflow.start(maintainModel, {
    workflowId: entityId(place.installation, model),
    taskQueue: taskQueue(place.installation, 'control'),
    args: [
      { rules: newestRules, state: { ...firstState(model, policy(), 'live'), champion: v(1), baseline: digest(baseline) }, inbox: [] },
      place,
    ],
  });

describe('regrid', () => {
  for (const [cache, options] of [
    ['workflows kept in memory', {}],
    ['no workflow kept in memory', { maxCachedWorkflows: 0 }],
  ] as const) {
    it(`given a grid that no longer fits, with ${cache}, then all is counted on another before it is the model's`, () =>
      new Engine(regridding(3)).while(async (engine) => {
        const entity = await entityWith(engine, 'old');
        const handle = await begin(engine);
        expect(await handle.result()).toEqual({
          outcome: 'pass',
          grid,
          baseline: digest('new'),
          segmentsCounted: 3,
          says: 'Grid old gave way to wider.',
        });
        const did = engine.did.filter((what) => what.startsWith('heavy:'));
        expect(did).toEqual(['heavy:cutAnew', 'heavy:findSegments', ...Array(3).fill('heavy:countSegment'), 'heavy:switchGrid']);
        expect(engine.of('findSegments')).toEqual([[{ model, policy: policy(), asOf, grid, since: asOf }]]);
        expect(engine.of('countSegment').every(([counted]) => counted.grid === grid)).toBe(true);
        expect(await engine.outcomeOf(handle)).toBe('pass');
        expect(await until(async () => ((await entity.query(status)).state.baseline === digest('new') ? true : undefined))).toBe(true);
      }, options));
  }

  it('given 430 segments, then three runs count them, on one grid that was cut once', () =>
    new Engine(regridding(430)).while(async (engine) => {
      expect(await (await begin(engine)).result()).toMatchObject({ segmentsCounted: 430 });
      expect(engine.of('cutAnew')).toHaveLength(1);
      expect(engine.of('findSegments')).toHaveLength(3);
      expect(engine.of('switchGrid')).toHaveLength(1);
    }));

  it('given the model got another baseline meanwhile, then it keeps that one', () =>
    new Engine(regridding(1)).while(async (engine) => {
      const entity = await entityWith(engine, 'newer');
      await (await begin(engine)).result();
      const { state } = await until(async () => {
        const seen = await entity.query(status);
        return seen.state.revision > 0 && seen.pending.effects === 0 ? seen : undefined;
      });
      expect(state.baseline).toBe(digest('newer'));
      expect(engine.of('appendAudit')).toHaveLength(1);
    }));

  it('given a grid that would be cut as it is, then nothing is counted', () =>
    new Engine({ cutAnew: async () => ({ outcome: 'inconclusive', says: 'It fits.' }) }).while(async (engine) => {
      const handle = await begin(engine);
      expect(await handle.result()).toEqual({ outcome: 'inconclusive', segmentsCounted: 0, says: 'It fits.' });
      expect(engine.did).toEqual(['heavy:cutAnew']);
    }));

  it('given a segment that cannot be counted for good, then the run fails and the grid stays', () =>
    new Engine({ ...regridding(1), countSegment: () => Promise.reject(failing('ArtefactMissing', 'gone')) }).while(async (engine) => {
      expect(await engine.endOf(await begin(engine))).toBe('FAILED');
      expect(engine.of('switchGrid')).toEqual([]);
    }));
});
