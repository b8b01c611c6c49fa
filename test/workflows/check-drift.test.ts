import { setTimeout as sleep } from 'node:timers/promises';
import { ScheduleOverlapPolicy } from '@temporalio/client';
import { describe, expect, it } from 'vitest';
import type { WatchedModel } from '../../activities/following.ts';
import { eventTime } from '../../domain/identity/event-time.ts';
import { checkId, childId, entityId, taskQueue } from '../../domain/identity/workflow-ids.ts';
import type { Segment } from '../../domain/ledger/segment.ts';
import { firstState } from '../../domain/lifecycle/first-state.ts';
import { newestRules } from '../../domain/lifecycle/rules.ts';
import { type CheckReport, checkDrift } from '../../workflows/check-drift.ts';
import { maintainModel } from '../../workflows/maintain-model.ts';
import { status } from '../../workflows/messages.ts';
import { snapshotBaseline } from '../../workflows/snapshot-baseline.ts';
import { until } from '../until.ts';
import { type Activities, Engine, type Fakes, Gate } from './engine.ts';
import { asOf, decision, digest, model, policy, v } from './material.ts';

const segment = (number: number): Segment => ({
  id: String(number).padStart(32, '0'),
  holds: 'predictions',
  path: `/models/bike/${number}.parquet`,
  format: 'parquet',
  knownAt: asOf,
});

const watched = (more: Partial<WatchedModel> = {}): WatchedModel => ({
  policy: policy(),
  clock: 'live',
  baseline: digest('baseline'),
  champion: v(1),
  ...more,
});

/** Counts what it is given, and finds what it has not counted. */
function ledger(segments: readonly Segment[]) {
  const counted = new Set<string>();
  let atOnce = 0;
  const seen = { mostAtOnce: 0 };
  const fakes: Fakes = {
    findSegments: async () => {
      const uncounted = segments.filter(({ id }) => !counted.has(id));
      return { grid: digest('grid'), segments: uncounted.slice(0, 200), more: Math.max(0, uncounted.length - 200) };
    },
    countSegment: async ({ segment }) => {
      atOnce += 1;
      seen.mostAtOnce = Math.max(seen.mostAtOnce, atOnce);
      await sleep(5);
      counted.add(segment.id);
      atOnce -= 1;
      return { entry: digest(segment.id), rows: 24, anomalies: {} };
    },
  };
  return { counted, seen, fakes };
}

const allGoesWell: Fakes = {
  ...ledger([segment(1), segment(2)]).fakes,
  askModel: async () => watched(),
  recordReport: async () => undefined,
  cutFirstGrid: async () => ({ grid: digest('grid') }),
  assess: async () => ({
    report: digest('report'),
    outcome: 'fail',
    severity: 'red',
    alarm: true,
    subjects: ['performance/mae'],
    says: ['Mean error 82, anchor 30.', 'Nothing else moved.'],
    anomalies: {},
    faults: [],
  }),
};

const begin = ({ client, place }: Engine, at: typeof asOf | undefined = asOf) =>
  client.workflow.start(checkDrift, {
    workflowId: `${checkId(place.installation, model)}-by-hand`,
    taskQueue: taskQueue(place.installation, 'control'),
    args: at === undefined ? [model, place] : [model, place, at],
  });

const run = (fakes: Fakes, options = {}) =>
  new Engine({ ...allGoesWell, ...fakes }).while(async (engine) => {
    const handle = await begin(engine);
    const report: CheckReport = await handle.result();
    return { engine, report, outcome: await engine.outcomeOf(handle) };
  }, options);

describe('checkDrift', () => {
  for (const [cache, options] of [
    ['workflows kept in memory', {}],
    ['no workflow kept in memory', { maxCachedWorkflows: 0 }],
  ] as const) {
    it(`given new segments, with ${cache}, then they are counted before the window is judged against the baseline`, async () => {
      const { engine, report, outcome } = await run(ledger([segment(1), segment(2)]).fakes, options);
      expect(report).toEqual({
        model,
        asOf,
        outcome: 'fail',
        severity: 'red',
        report: digest('report'),
        segmentsCounted: 2,
        anomalies: {},
        says: ['Mean error 82, anchor 30.', 'Nothing else moved.'],
      });
      expect(engine.did).toEqual([
        'control:askModel',
        'heavy:findSegments',
        'heavy:countSegment',
        'heavy:countSegment',
        'heavy:assess',
        'control:recordReport',
      ]);
      expect(engine.of('assess')).toEqual([
        [{ model, policy: policy(), baseline: digest('baseline'), version: v(1), asOf, looksAtGrid: true }],
      ]);
      expect(outcome).toBe('fail');
    });
  }

  it('given a model nobody maintains, then it is inconclusive, and nothing is counted', async () => {
    const { engine, report } = await run({ askModel: async () => undefined });
    expect(report).toEqual({ model, asOf, outcome: 'inconclusive', segmentsCounted: 0, says: ['bike is not maintained.'] });
    expect(engine.did).toEqual(['control:askModel']);
  });

  it('given an entity that lives, then it hears of the report and its alarm, once however often the check is made', () =>
    new Engine({
      ...allGoesWell,
      saveSnapshot: async () => undefined,
      appendAudit: async ({ seq }) => ({ seq, digest: digest(`audit-${seq}`) }),
      notify: async () => 'sent',
      decide: async () => ({ decision, digest: digest('decision'), action: { kind: 'nothing' }, because: 'seen' }),
    }).while(async (engine) => {
      const { installation } = engine.place;
      const entity = await engine.client.workflow.start(maintainModel, {
        workflowId: entityId(installation, model),
        taskQueue: taskQueue(installation, 'control'),
        args: [{ rules: newestRules, state: firstState(model, policy(), 'live'), inbox: [] }, engine.place],
      });
      for (const _time of ['once', 'twice']) await (await begin(engine)).result();
      await engine.begun('decide');
      const state = await until(async () => {
        const { state, pending } = await entity.query(status);
        return state.lastDecision !== undefined && pending.events + pending.effects === 0 ? state : undefined;
      });
      expect(state.lastReports).toEqual([digest('report')]);
      expect(state.episode).toMatchObject({ version: v(1), day: { outcome: 'fail' } });
      expect(engine.of('decide')).toHaveLength(1);
    }));

  it('given a check that could not tell, then what rings says so: it is no quiet look', async () => {
    const assess: Fakes['assess'] = async () => ({
      report: digest('report'),
      outcome: 'inconclusive',
      severity: 'yellow',
      alarm: false,
      subjects: [],
      says: ['Too few rows.', 'Nothing moved.'],
      anomalies: {},
      faults: [],
    });
    await new Engine({ ...allGoesWell, assess }).while(async (engine) => {
      const handle = await begin(engine);
      await handle.result();
      const events = (await handle.fetchHistory()).events ?? [];
      const rung = events.flatMap(({ signalExternalWorkflowExecutionInitiatedEventAttributes: signal }) => signal?.input?.payloads ?? []);
      expect(JSON.parse(Buffer.from(rung[0]?.data ?? []).toString())).toMatchObject({ alarm: false, inconclusive: true, version: v(1) });
    });
  });

  it('given no grid yet, then nothing is counted and the window is judged all the same', async () => {
    const { engine, report } = await run({ findSegments: async () => ({ segments: [segment(1)] }) });
    expect(report.segmentsCounted).toBe(0);
    expect(engine.of('countSegment')).toEqual([]);
    expect(engine.of('assess')).toHaveLength(1);
  });

  describe('in mode watch, with no baseline', () => {
    const { baseline: _none, ...unknown } = watched({ policy: policy({ mode: 'watch' }) });
    const watching: Fakes = { askModel: async () => unknown };

    it('given enough was seen, then the baseline is cut first and judged against', async () => {
      const { engine } = await run({
        ...watching,
        ...ledger([segment(1), segment(2)]).fakes,
        takeBaseline: async () => ({ outcome: 'pass', baseline: digest('first'), says: 'taken' }),
      });
      expect(engine.did.slice(0, 7)).toEqual([
        'control:askModel',
        'heavy:cutFirstGrid',
        'heavy:findSegments',
        'heavy:countSegment',
        'heavy:countSegment',
        'heavy:takeBaseline',
        'heavy:findSegments',
      ]);
      expect(engine.of('assess')[0]?.[0]).toMatchObject({ baseline: digest('first') });
    });

    it('given too little was seen, then there is none, and the check goes on', async () => {
      const { engine } = await run({ ...watching, takeBaseline: async () => ({ outcome: 'inconclusive', says: 'two days are missing' }) });
      expect(engine.of('assess')[0]?.[0]).not.toHaveProperty('baseline');
    });

    it('given a baseline is being cut already, then the check does not wait for it', async () => {
      const gate = new Gate();
      const takeBaseline: Activities['takeBaseline'] = async () => {
        await gate.opened;
        return { outcome: 'inconclusive', says: 'too little' };
      };
      await new Engine({ ...allGoesWell, ...watching, takeBaseline }).while(async (engine) => {
        const { installation } = engine.place;
        const standing = await engine.client.workflow.start(snapshotBaseline, {
          workflowId: childId(installation, 'baseline', model),
          taskQueue: taskQueue(installation, 'control'),
          args: [{ by: 'ann', model, policy: policy(), asOf }, engine.place],
        });
        expect(await (await begin(engine)).result()).toMatchObject({ outcome: 'fail' });
        expect(engine.of('takeBaseline')).toHaveLength(1);
        gate.open();
        await standing.result();
      });
    });
  });

  it('given no baseline in mode act, then none is cut from what the champion does', async () => {
    const { baseline: _none, ...unknown } = watched();
    const { engine } = await run({ askModel: async () => unknown });
    expect(engine.of('takeBaseline')).toEqual([]);
    expect(engine.of('assess')).toHaveLength(1);
  });

  it('given a baseline of held-out rows and enough days of its own, then these take its place once the report is told', async () => {
    const since = eventTime('2011-04-04');
    const { engine } = await run({
      assess: async (order) => ({ ...(await (allGoesWell.assess as Activities['assess'])(order)), ownDaysSince: since }),
      takeBaseline: async () => ({ outcome: 'fail', refused: { from: since, to: asOf }, says: 'temp has a trend' }),
    });
    expect(engine.did.slice(-5)).toEqual([
      'heavy:assess',
      'control:recordReport',
      'heavy:cutFirstGrid',
      'heavy:findSegments',
      'heavy:takeBaseline',
    ]);
    expect(engine.of('takeBaseline')).toEqual([[{ model, policy: policy(), asOf, since, version: v(1) }]]);
  });

  it('given a grid that no longer fits, then another is cut and counted on before the check ends, and the report stays', async () => {
    const { engine, report } = await run({
      assess: async (order) => ({ ...(await (allGoesWell.assess as Activities['assess'])(order)), misfit: 'New columns: wind.' }),
      cutAnew: async () => ({ outcome: 'pass', grid: digest('wider'), since: asOf }),
      switchGrid: async () => ({ baseline: digest('anew'), says: 'Another grid.' }),
    });
    expect(engine.did.slice(-4)).toEqual(['control:recordReport', 'heavy:cutAnew', 'heavy:findSegments', 'heavy:switchGrid']);
    const order = { model, policy: policy(), asOf, baseline: digest('baseline'), because: 'New columns: wind.' };
    expect(engine.of('cutAnew')).toEqual([[order]]);
    expect(engine.of('switchGrid')).toEqual([[{ ...order, grid: digest('wider') }]]);
    expect(report.report).toBe(digest('report'));
  });

  it('given a Schedule that is filled in for a day in the past, then the slot is the only clock', () =>
    new Engine(allGoesWell).while(async (engine) => {
      const { installation } = engine.place;
      const scheduleId = checkId(installation, model);
      const schedule = await engine.client.schedule.create({
        scheduleId,
        spec: { cronExpressions: ['0 3 * * 0'] },
        action: {
          type: 'startWorkflow',
          workflowType: checkDrift,
          workflowId: scheduleId,
          taskQueue: taskQueue(installation, 'control'),
          args: [model, engine.place],
        },
        state: { paused: true },
      });
      const end = new Date('2011-04-03T03:00:00Z');
      await schedule.backfill({ start: new Date(end.getTime() - 1000), end, overlap: ScheduleOverlapPolicy.SKIP });
      const handle = engine.client.workflow.getHandle(`${scheduleId}-2011-04-03T03:00:00Z`);
      await engine.begun('assess');
      expect((await handle.result()) as CheckReport).toMatchObject({ asOf: eventTime('2011-04-03T03:00:00Z') });
      expect(engine.of('findSegments')[0]?.[0].asOf).toBe('2011-04-03T03:00:00.000Z');
      await schedule.delete();
    }));

  it('given 45 new segments, then they are counted in waves of twenty', async () => {
    const { counted, seen, fakes } = ledger(Array.from({ length: 45 }, (_, number) => segment(number)));
    const { report } = await run(fakes);
    expect(report.segmentsCounted).toBe(45);
    expect(counted.size).toBe(45);
    expect(seen.mostAtOnce).toBeLessThanOrEqual(20);
  });

  it('given 230 new segments, then a second run counts the rest, as of the same time, and only then judges', () => {
    const { counted, fakes } = ledger(Array.from({ length: 230 }, (_, number) => segment(number)));
    return new Engine({ ...allGoesWell, ...fakes }).while(async (engine) => {
      const handle = await begin(engine);
      expect(await handle.result()).toMatchObject({ asOf, segmentsCounted: 230 });
      expect(counted.size).toBe(230);
      expect(engine.of('findSegments')).toHaveLength(2);
      expect(engine.of('assess')).toHaveLength(1);
      const first = engine.client.workflow.getHandle(handle.workflowId, handle.firstExecutionRunId);
      expect((await first.describe()).status.name).toBe('CONTINUED_AS_NEW');
    });
  });
});
