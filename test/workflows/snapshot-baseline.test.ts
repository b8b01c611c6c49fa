import { describe, expect, it } from 'vitest';
import { childId, entityId, taskQueue } from '../../domain/identity/workflow-ids.ts';
import { firstState } from '../../domain/lifecycle/first-state.ts';
import { newestRules } from '../../domain/lifecycle/rules.ts';
import { maintainModel } from '../../workflows/maintain-model.ts';
import { status } from '../../workflows/messages.ts';
import { type BaselineOrder, snapshotBaseline } from '../../workflows/snapshot-baseline.ts';
import { until } from '../until.ts';
import { counting } from './counting.ts';
import { Engine, type Fakes, failing } from './engine.ts';
import { asOf, decision, digest, model, policy, v } from './material.ts';

const order: BaselineOrder = { by: decision, model, policy: policy(), asOf, version: v(1), heldOut: digest('held-out') };

const begin = ({ client, place }: Engine) =>
  client.workflow.start(snapshotBaseline, {
    workflowId: childId(place.installation, 'baseline', model),
    taskQueue: taskQueue(place.installation, 'control'),
    args: [order, place],
  });

const taken: Fakes = { takeBaseline: async () => ({ outcome: 'pass', baseline: digest('baseline'), says: 'Taken of 2,000 rows.' }) };

describe('snapshotBaseline', () => {
  for (const [cache, options] of [
    ['workflows kept in memory', {}],
    ['no workflow kept in memory', { maxCachedWorkflows: 0 }],
  ] as const) {
    it(`given enough to look at, with ${cache}, then the entity has the baseline of its champion`, () =>
      new Engine({
        ...taken,
        saveSnapshot: async () => undefined,
        appendAudit: async ({ seq }) => ({ seq, digest: digest(`audit-${seq}`) }),
      }).while(async (engine) => {
        const { installation } = engine.place;
        const entity = await engine.client.workflow.start(maintainModel, {
          workflowId: entityId(installation, model),
          taskQueue: taskQueue(installation, 'control'),
          args: [{ rules: newestRules, state: { ...firstState(model, policy(), 'live'), champion: v(1) }, inbox: [] }, engine.place],
        });
        const handle = await begin(engine);
        expect(await handle.result()).toEqual({
          outcome: 'pass',
          baseline: digest('baseline'),
          version: v(1),
          says: 'Taken of 2,000 rows.',
        });
        expect(await engine.outcomeOf(handle)).toBe('pass');
        const { by: _by, ...asked } = order;
        expect(engine.of('takeBaseline')).toEqual([[asked]]);
        expect(await until(async () => (await entity.query(status)).state.baseline)).toBe(digest('baseline'));
      }, options));
  }

  it('given too little to look at, then it says what is missing and tells nobody', () =>
    new Engine({ takeBaseline: async () => ({ outcome: 'inconclusive', says: 'Three days are missing.' }) }).while(async (engine) => {
      const handle = await begin(engine);
      expect(await handle.result()).toEqual({ outcome: 'inconclusive', version: v(1), says: 'Three days are missing.' });
      expect(await engine.eventsOf(handle)).not.toContain('signalExternalWorkflowExecutionInitiatedEventAttributes');
    }));

  it('given days that are not steady, then none is taken and the entity knows why', () => {
    const says = 'Refused as a baseline: temp has a trend.';
    return new Engine({
      takeBaseline: async () => ({ outcome: 'fail', refused: { from: asOf, to: asOf }, says }),
      saveSnapshot: async () => undefined,
      appendAudit: async ({ seq }) => ({ seq, digest: digest(`audit-${seq}`) }),
      notify: async () => 'sent',
    }).while(async (engine) => {
      const { installation } = engine.place;
      const entity = await engine.client.workflow.start(maintainModel, {
        workflowId: entityId(installation, model),
        taskQueue: taskQueue(installation, 'control'),
        args: [{ rules: newestRules, state: { ...firstState(model, policy(), 'live'), champion: v(1) }, inbox: [] }, engine.place],
      });
      const handle = await begin(engine);
      expect(await handle.result()).toEqual({ outcome: 'fail', version: v(1), says });
      expect(await engine.outcomeOf(handle)).toBe('fail');
      expect(await until(async () => (await entity.query(status)).state.refusedBaseline)).toEqual({ asOf, says });
    });
  });

  for (const [segments, runs] of [
    [3, 1],
    [430, 3],
  ] as const) {
    it(`given ${segments} segments of production, then they are counted in waves before the baseline is taken, in ${runs} runs`, () =>
      new Engine({ ...taken, ...counting(segments), cutFirstGrid: async () => ({ grid: digest('grid') }) }).while(async (engine) => {
        const { heldOut: _none, ...production } = order;
        const report = await engine.client.workflow.execute(snapshotBaseline, {
          workflowId: childId(engine.place.installation, 'baseline', model),
          taskQueue: taskQueue(engine.place.installation, 'control'),
          args: [production, engine.place],
        });
        expect(report).toMatchObject({ outcome: 'pass', baseline: digest('baseline') });
        expect(engine.did[0]).toBe('heavy:cutFirstGrid');
        expect(engine.did.at(-1)).toBe('heavy:takeBaseline');
        expect(engine.of('cutFirstGrid')).toHaveLength(1);
        expect(engine.of('findSegments')).toHaveLength(runs);
        expect(engine.of('countSegment')).toHaveLength(segments);
      }));
  }

  it('given the model is maintained by nobody, then the baseline is taken all the same', () =>
    new Engine(taken).while(async (engine) => {
      expect(await (await begin(engine)).result()).toMatchObject({ outcome: 'pass' });
    }));

  it('given rows that were removed, then the run fails: a person must look', () =>
    new Engine({ takeBaseline: () => Promise.reject(failing('ScoredRowsMissing', 'gone')) }).while(async (engine) => {
      expect(await engine.endOf(await begin(engine))).toBe('FAILED');
    }));
});
