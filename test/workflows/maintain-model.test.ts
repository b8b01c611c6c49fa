import { type WorkflowHandleWithFirstExecutionRunId, WorkflowUpdateFailedError } from '@temporalio/client';
import { describe, expect, it } from 'vitest';
import { createFollowingActivities } from '../../activities/following.ts';
import type { Action } from '../../domain/decision/decision.ts';
import { plusDays } from '../../domain/identity/event-time.ts';
import { childId, entityId, taskQueue } from '../../domain/identity/workflow-ids.ts';
import type { LifecycleEvent } from '../../domain/lifecycle/event.ts';
import { firstState } from '../../domain/lifecycle/first-state.ts';
import type { Command } from '../../domain/lifecycle/refusal.ts';
import { newestRules, type Rules } from '../../domain/lifecycle/rules.ts';
import type { LifecycleState } from '../../domain/lifecycle/state.ts';
import { maintainModel } from '../../workflows/maintain-model.ts';
import { command, type EntityStatus, status, tell } from '../../workflows/messages.ts';
import { retrain } from '../../workflows/retrain.ts';
import { rollBack } from '../../workflows/roll-back.ts';
import { until } from '../until.ts';
import { type Activities, Engine, type Fakes, failing, Gate, untilCancelled } from './engine.ts';
import { asOf, decision, digest, model, otherDecision, policy, url, v } from './material.ts';

type Entity = WorkflowHandleWithFirstExecutionRunId<typeof maintainModel>;

const retraining: Action = { kind: 'retrain', strategy: 'full' };
const evidence = digest('evidence');

const fresh = (more: Partial<LifecycleState> = {}): LifecycleState => ({
  ...firstState(model, policy(), 'live', asOf),
  champion: v(1),
  previous: v(0),
  ...more,
});

const deciding =
  (action: Action): Activities['decide'] =>
  async () => ({ decision, digest: digest('decision'), action, because: 'it got worse' });

/** What the entity itself asks for, with children that are refused at their first step. */
const quietWorld: Fakes = {
  saveSnapshot: async () => undefined,
  appendAudit: async ({ seq }) => ({ seq, digest: digest(`audit-${seq}`) }),
  notify: async () => 'sent',
  closeCandidate: async () => undefined,
  decide: deciding({ kind: 'nothing' }),
  describeChild: async () => ({ state: 'absent' }),
  prepare: async () => ({ outcome: 'inconclusive', evidence, says: 'too few rows' }),
};

class World extends Engine {
  constructor(fakes: Fakes = {}) {
    super({ ...quietWorld, ...fakes });
  }

  begin(state: LifecycleState = fresh(), inbox: readonly LifecycleEvent[] = [], rules: Rules = newestRules): Promise<Entity> {
    return this.client.workflow.start(maintainModel, {
      workflowId: entityId(this.place.installation, model),
      taskQueue: taskQueue(this.place.installation, 'control'),
      args: [{ rules, state, inbox }, this.place],
    });
  }

  child(name: 'retrain' | 'rollout' | 'rollback' | 'baseline') {
    return this.client.workflow.getHandle(childId(this.place.installation, name, model));
  }
}

const give = (entity: Entity, asked: Command) => entity.executeUpdate(command, { args: [asked], updateId: asked.eventId });

/** The entity's state once it is at rest and as it must be. */
const settled = (entity: Entity, is: (state: LifecycleState) => boolean = () => true): Promise<LifecycleState> =>
  until(async () => {
    const { state, pending }: EntityStatus = await entity.query(status);
    return pending.events + pending.effects === 0 && is(state) ? state : undefined;
  });

const reported = (number: number): LifecycleEvent => ({
  eventId: `reported-${number}`,
  kind: 'reported',
  report: digest(`report-${number}`),
  asOf,
  alarm: false,
});

const requested = (eventId = 'requested-1'): Command => ({
  eventId,
  kind: 'requested',
  asOf,
  request: { emergency: false, who: 'ann', reason: 'new data' },
});

const awaiting = (people: 1 | 2, expiresInMilliseconds = 3_600_000): LifecycleState =>
  fresh({
    policy: policy({ approval: { people, expiresAfterHours: 1 } }),
    phase: {
      at: 'awaiting-approval',
      by: decision,
      candidate: v(2),
      evidence,
      people: [],
      expiresAtWallMilliseconds: Date.now() + expiresInMilliseconds,
    },
  });

const answered = (who: string, answer: 'approve' | 'reject', about = evidence): Command => ({
  eventId: `answered-${who}-${answer}`,
  kind: 'answered',
  evidence: about,
  answer,
  who,
  why: 'looked at it',
});

describe('maintainModel', () => {
  for (const [cache, options] of [
    ['workflows kept in memory', {}],
    ['no workflow kept in memory', { maxCachedWorkflows: 0 }],
  ] as const) {
    it(`given a report that asks for a retraining, with ${cache}, then the child runs once and its verdict is recorded and told`, () =>
      new World({ decide: deciding(retraining) }).while(async (world) => {
        const entity = await world.begin();
        await entity.signal(tell, reported(1));
        const state = await settled(entity, ({ attempts, phase }) => attempts.length === 1 && phase.at === 'idle');
        expect(state.lastDecision).toMatchObject({ decision, action: retraining });
        expect(world.of('prepare')).toHaveLength(1);
        expect(await world.child('retrain').result()).toMatchObject({ decision, outcome: 'inconclusive' });
        expect(world.of('appendAudit').map(([{ what, seq }]) => `${seq} ${what}`)).toEqual(['0 decision', '1 verdict']);
        expect(world.of('appendAudit').map(([{ previous }]) => previous)).toEqual([undefined, digest('audit-0')]);
        expect(world.of('notify').map(([, { text }]) => text)).toEqual(['Retraining: it got worse', 'too few rows']);
        expect(world.of('saveSnapshot').at(-1)?.[0].revision).toBe(state.revision);
      }, options));
  }

  it('given an event that comes three times, then it is one', () =>
    new World().while(async (world) => {
      const entity = await world.begin();
      for (const _time of [1, 2, 3]) await entity.signal(tell, reported(1));
      await entity.signal(tell, reported(2));
      const state = await settled(entity, ({ lastReports }) => lastReports.length === 2);
      expect(state.lastReports).toEqual([digest('report-1'), digest('report-2')]);
      expect(new Set(world.of('decide').map(([{ reports }]) => reports.length))).toEqual(new Set([1, 2]));
    }));

  it('given a decision made of an older state, then it is made again, and the answer is that of the newer one', () => {
    const gate = new Gate();
    let asked = 0;
    const decide: Activities['decide'] = async (what) => {
      asked += 1;
      if (asked === 1) await gate.opened;
      return { decision, digest: digest(`decision-${what.state.revision}`), action: { kind: 'nothing' }, because: `time ${asked}` };
    };
    return new World({ decide }).while(async (world) => {
      const entity = await world.begin();
      const answer = give(entity, requested());
      await world.begun('decide');
      await give(entity, { eventId: 'paused-1', kind: 'paused', who: 'ann', reason: 'lunch' });
      gate.open();
      expect(await answer).toMatchObject({ decision: { because: 'time 2' } });
      expect(world.of('decide').map(([{ state }]) => state.paused)).toEqual([false, true]);
    });
  });

  describe('commands', () => {
    it('given one that makes no sense now, then it is refused with what to do, and leaves nothing in the history', () =>
      new World().while(async (world) => {
        const entity = await world.begin();
        await settled(entity, ({ revision }) => revision === 0);
        const before = (await world.eventsOf(entity)).filter((name) => name.includes('Update'));
        const refused = give(entity, { eventId: 'resumed-1', kind: 'resumed', who: 'ann' });
        await expect(refused).rejects.toThrow(WorkflowUpdateFailedError);
        await expect(refused).rejects.toMatchObject({ cause: { type: 'CommandRefused', message: 'bike is not paused.' } });
        await expect(give(entity, answered('ann', 'approve'))).rejects.toMatchObject({ cause: { type: 'CommandRefused' } });
        expect((await world.eventsOf(entity)).filter((name) => name.includes('Update'))).toEqual(before);
        expect((await entity.query(status)).state.revision).toBe(0);
      }));

    it('given one that makes sense, then the answer comes when it has taken effect', () =>
      new World().while(async (world) => {
        const entity = await world.begin();
        expect(await give(entity, { eventId: 'paused-1', kind: 'paused', who: 'ann', reason: 'lunch' })).toEqual({
          revision: 1,
          awaited: 'Paused by ann: lunch. To go on: anchorwatch resume bike',
        });
        expect(await give(entity, { eventId: 'resumed-1', kind: 'resumed', who: 'ann' })).toMatchObject({ revision: 2 });
        expect((await settled(entity)).paused).toBeUndefined();
      }));

    it('given a retraining is requested, then the answer is the decision', () =>
      new World({ decide: deciding({ kind: 'throttled', until: asOf, wanted: 'retrain' }) }).while(async (world) => {
        const entity = await world.begin();
        expect(await give(entity, requested())).toMatchObject({
          decision: { id: decision, action: { kind: 'throttled' }, because: 'it got worse' },
        });
        expect(world.of('decide')[0]?.[0]).toMatchObject({ source: 'operator', request: { kind: 'retrain', who: 'ann' } });
      }));

    it('given the decision cannot be made, then the one who asked is answered, and can resume', () =>
      new World({ decide: () => Promise.reject(failing('ArtefactMissing', 'the report is gone')) }).while(async (world) => {
        const entity = await world.begin();
        const answer = await give(entity, requested());
        expect(answer).not.toHaveProperty('decision');
        expect(answer.awaited).toContain('the report is gone');
        expect((await settled(entity)).phase.at).toBe('needs-attention');
        await give(entity, { eventId: 'resumed-1', kind: 'resumed', who: 'ann' });
        expect((await settled(entity)).phase.at).toBe('idle');
      }));

    it('given an alarm, when it is acknowledged, then that is on record once; another answer and a wrong alarm are refused', () =>
      new World().while(async (world) => {
        const acknowledged = (eventId: string, kind: 'real' | 'false', report = digest('report-1')): Command => ({
          eventId,
          kind: 'acknowledged',
          report,
          answer: { kind },
          subjects: ['performance/mae'],
          who: 'ann',
        });
        const entity = await world.begin();
        await entity.signal(tell, { ...reported(1), alarm: true, subjects: ['performance/mae'] } as LifecycleEvent);
        await settled(entity, ({ alarms }) => alarms?.length === 1);
        await give(entity, acknowledged('ack-1', 'false'));
        await give(entity, acknowledged('ack-2', 'false'));
        await expect(give(entity, acknowledged('ack-3', 'real'))).rejects.toMatchObject({
          cause: { type: 'CommandRefused', message: expect.stringContaining('acknowledged already: a false alarm') },
        });
        await expect(give(entity, acknowledged('ack-4', 'real', digest('report-2')))).rejects.toMatchObject({
          cause: { type: 'CommandRefused', message: expect.stringContaining('bike remembers no alarm') },
        });
        const state = await settled(entity, ({ checks }) => checks?.falseAlarms === 1);
        expect(state.alarms).toEqual([
          { report: digest('report-1'), asOf, answer: { kind: 'false' }, episode: { number: 1, since: asOf, look: 1 } },
        ]);
        const records = world.of('appendAudit').filter(([{ what }]) => what.startsWith('acknowledged'));
        expect(records.map(([{ what, evidence: of }]) => ({ what, of }))).toEqual([{ what: 'acknowledged-false', of: digest('report-1') }]);
      }));

    it('given the same command twice, then it takes effect once', () =>
      new World().while(async (world) => {
        const entity = await world.begin();
        const [first, second] = [await give(entity, requested()), await give(entity, requested())];
        expect(second).toEqual(first);
        expect(world.of('decide')).toHaveLength(1);
      }));
  });

  describe('approval', () => {
    const inTraffic: Fakes = { serve: untilCancelled };

    it('given two people are needed, when two approve, then the candidate goes into traffic, and not before', () =>
      new World(inTraffic).while(async (world) => {
        const entity = await world.begin(awaiting(2));
        await give(entity, answered('ann', 'approve'));
        expect((await settled(entity)).phase).toMatchObject({ at: 'awaiting-approval', people: ['ann'] });
        expect(world.of('serve')).toEqual([]);
        await expect(give(entity, answered('bob', 'approve', digest('other')))).rejects.toMatchObject({
          cause: { type: 'CommandRefused' },
        });
        await give(entity, answered('bob', 'approve'));
        await world.begun('serve');
        expect((await settled(entity)).phase).toMatchObject({ at: 'rolling-out', candidate: v(2) });
      }));

    it('given a person rejects, then the candidate is closed and does not go into traffic', () =>
      new World(inTraffic).while(async (world) => {
        const entity = await world.begin(awaiting(2));
        await give(entity, answered('ann', 'reject'));
        expect((await settled(entity)).phase.at).toBe('idle');
        expect(world.of('closeCandidate')[0]?.[0]).toMatchObject({ version: v(2), status: 'rejected' });
        expect(world.of('serve')).toEqual([]);
      }));

    it('given nobody answers in time, then the candidate is closed as superseded', () =>
      new World(inTraffic).while(async (world) => {
        const entity = await world.begin(awaiting(1, 1_500));
        await settled(entity, ({ phase }) => phase.at === 'idle');
        expect(world.of('closeCandidate')[0]?.[0]).toMatchObject({ version: v(2), status: 'superseded' });
        await expect(give(entity, answered('ann', 'approve'))).rejects.toMatchObject({ cause: { type: 'CommandRefused' } });
      }));
  });

  describe('cancelled from outside', () => {
    it('given a cancel, then it is a pause that a person can end, and a second cancel is another pause', () =>
      new World().while(async (world) => {
        const entity = await world.begin();
        for (const time of [1, 2]) {
          await entity.cancel();
          const { paused } = await settled(entity, (state) => state.paused !== undefined);
          expect(paused).toMatchObject({ by: 'a cancel request' });
          await until(async () => ((await entity.describe()).raw.workflowExtendedInfo?.cancelRequested ? undefined : true));
          await give(entity, { eventId: `resumed-${time}`, kind: 'resumed', who: 'ann' });
          await settled(entity, (state) => state.paused === undefined);
        }
        expect((await entity.describe()).status.name).toBe('RUNNING');
      }));

    it('given a cancel while a decision is awaited, then the one who asked is still answered', () => {
      const gate = new Gate();
      const decide: Activities['decide'] = async () => {
        await gate.opened;
        return { decision, digest: digest('decision'), action: { kind: 'nothing' }, because: 'paused' };
      };
      return new World({ decide }).while(async (world) => {
        const entity = await world.begin();
        const answer = give(entity, requested());
        await world.begun('decide');
        await entity.cancel();
        await until(async () => (await entity.query(status)).state.paused);
        gate.open();
        expect(await answer).toMatchObject({ decision: { because: 'paused' } });
      });
    });
  });

  describe('a new run', () => {
    it('given a long history and a stuck message, then inbox and outbox go on in the next run, and nothing is lost or done twice', () => {
      const gate = new Gate();
      const heard = new Set<string>();
      const notify: Activities['notify'] = async (_policy, { key }) => {
        await gate.opened;
        heard.add(key);
        return 'sent';
      };
      const decide: Activities['decide'] = async ({ state: { revision } }) => ({
        decision: `${asOf}-${String(revision).padStart(12, '0')}` as typeof decision,
        digest: digest(`decision-${revision}`),
        action: { kind: 'nothing' },
        because: 'seen',
      });
      return new World({ notify, decide }).while(async (world) => {
        const entity = await world.begin();
        const first = entity.firstExecutionRunId;
        await give(entity, { eventId: 'paused-1', kind: 'paused', who: 'ann', reason: 'lunch' });
        const events = Array.from({ length: 50 }, (_, number) => reported(number));
        for (let at = 0; at < events.length; at += 20)
          await Promise.all(events.slice(at, at + 20).map((event) => entity.signal(tell, event)));
        await until(async () =>
          (await world.client.workflow.getHandle(entity.workflowId, first).describe()).status.name === 'CONTINUED_AS_NEW'
            ? true
            : undefined,
        );
        expect((await entity.query(status)).state.outbox.some(({ kind }) => kind === 'notify')).toBe(true);
        gate.open();
        const state = await settled(entity, ({ seen }) => events.every(({ eventId }) => seen.includes(eventId)));
        expect(state.paused).toMatchObject({ by: 'ann' });
        expect([...heard]).toEqual(['paused-1/notify']);
        const written = world.of('appendAudit').map(([{ key, seq }]) => `${seq} ${key}`);
        expect(new Set(written).size).toBe(state.audit.next);
        expect(world.of('decide').length).toBeLessThan(2 * events.length);
      });
    });

    it('given it begins with events and effects that were left, then both are seen to', () =>
      new World().while(async (world) => {
        const outbox = [{ key: 'left/notify' as never, kind: 'notify', severity: 'yellow', says: 'left over' } as const];
        const entity = await world.begin(fresh({ outbox }), [reported(1)]);
        await settled(entity, ({ lastDecision }) => lastDecision !== undefined);
        expect(world.of('notify').map(([, { text }]) => text)).toContain('left over');
      }));
  });

  describe('children', () => {
    const underway = (again?: true): LifecycleState =>
      fresh({ phase: { at: 'retraining', by: decision, because: 'it got worse', ...(again === undefined ? {} : { again }) } });

    it('given a retraining that nobody knows of, when a run begins, then it is started once more for the same decision', () =>
      new World({ prepare: untilCancelled }).while(async (world) => {
        const entity = await world.begin(underway());
        await world.begun('prepare');
        expect((await settled(entity)).phase).toMatchObject({ at: 'retraining', by: decision, again: true });
        expect((await world.child('retrain').describe()).memo).toMatchObject({ decision });
      }));

    it('given a retraining that ended while nobody listened, when a run begins, then its report is taken', () =>
      new World({
        describeChild: async () => ({
          state: 'closed',
          runId: 'run-1',
          decision,
          status: 'COMPLETED',
          report: { decision, outcome: 'fail', candidate: v(2), evidence, says: 'not better' },
        }),
      }).while(async (world) => {
        const entity = await world.begin(underway());
        await settled(entity, ({ phase }) => phase.at === 'idle');
        expect(world.of('closeCandidate')[0]?.[0]).toMatchObject({ version: v(2), status: 'refused', reason: 'not better' });
        expect(world.of('prepare')).toEqual([]);
      }));

    it('given a retraining that is terminated twice, then it is started once more, and the second time given up', () =>
      new World({ decide: deciding(retraining), prepare: untilCancelled }).while(async (world) => {
        const entity = await world.begin();
        await entity.signal(tell, reported(1));
        for (const time of [1, 2]) {
          await world.begun('prepare', time);
          await settled(entity, ({ phase }) => phase.at === 'retraining');
          await world.child('retrain').terminate('gone');
        }
        const state = await settled(entity, ({ phase }) => phase.at === 'idle');
        expect(state.attempts).toEqual([asOf]);
        expect(world.of('appendAudit').filter(([{ what }]) => what === 'child-ended')).toHaveLength(2);
        expect(world.of('prepare')).toHaveLength(2);
      }));

    it('given a retraining that a person cancels, then it is given up at once', () =>
      new World({ decide: deciding(retraining), prepare: untilCancelled }).while(async (world) => {
        const entity = await world.begin();
        await entity.signal(tell, reported(1));
        await world.begun('prepare');
        await settled(entity, ({ phase }) => phase.at === 'retraining');
        await world.child('retrain').cancel();
        await settled(entity, ({ phase }) => phase.at === 'idle');
        expect(world.of('prepare')).toHaveLength(1);
      }));

    const standing = (world: World, by: typeof decision) =>
      world.client.workflow.start(retrain, {
        workflowId: childId(world.place.installation, 'retrain', model),
        taskQueue: taskQueue(world.place.installation, 'control'),
        memo: { decision: by },
        args: [{ decision: by, model, asOf, policy: policy(), strategy: 'full', because: 'before' }, world.place],
      });

    it('given a retraining of the same decision stands already, then it is adopted and its report taken', () => {
      const gate = new Gate();
      const prepare: Activities['prepare'] = async () => {
        await gate.opened;
        return { outcome: 'inconclusive', evidence, says: 'too few rows' };
      };
      const world = new World({
        decide: deciding(retraining),
        prepare,
        describeChild: (...asked) => following(world).describeChild(...asked),
      });
      return world.while(async () => {
        await standing(world, decision);
        await world.begun('prepare');
        const entity = await world.begin();
        await entity.signal(tell, reported(1));
        await settled(entity, ({ phase }) => phase.at === 'retraining');
        gate.open();
        await settled(entity, ({ phase }) => phase.at === 'idle');
        expect(world.of('prepare')).toHaveLength(1);
      });
    });

    it('given a retraining of another decision stands in the way, then a person must look, and can resume', () => {
      const world = new World({
        decide: deciding(retraining),
        prepare: untilCancelled,
        describeChild: (...asked) => following(world).describeChild(...asked),
      });
      return world.while(async () => {
        await standing(world, otherDecision);
        await world.begun('prepare');
        const entity = await world.begin();
        await entity.signal(tell, reported(1));
        const { phase } = await settled(entity, ({ phase }) => phase.at === 'needs-attention');
        expect(phase).toMatchObject({ why: expect.stringContaining('anchorwatch resume bike') });
        await give(entity, { eventId: 'resumed-1', kind: 'resumed', who: 'ann' });
        expect((await settled(entity)).phase.at).toBe('idle');
      });
    });

    it('given another rollback is under way, then the one a person asked for waits for its turn', () => {
      const gate = new Gate();
      const withdraw: Activities['withdraw'] = async () => {
        await gate.opened;
        return { epoch: 0 };
      };
      const world = new World({
        withdraw,
        readTable: async () => undefined,
        serve: async ({ version }) => ({ url: url(version), says: 'serves' }),
        describeChild: (...asked) => following(world).describeChild(...asked),
      });
      return world.while(async () => {
        const { installation } = world.place;
        await world.client.workflow.start(rollBack, {
          workflowId: childId(installation, 'rollback', model),
          taskQueue: taskQueue(installation, 'contain'),
          memo: { decision: otherDecision },
          args: [{ decision: otherDecision, model, because: 'offline', by: 'tidy' }, world.place],
        });
        await world.begun('withdraw');
        const entity = await world.begin();
        await give(entity, { eventId: 'back-1', kind: 'rollback-requested', decision, who: 'ann', reason: 'odd', asOf });
        await world.begun('describeChild');
        gate.open();
        await world.begun('serve');
        await settled(entity, ({ phase }) => phase.at === 'idle');
        expect(await world.child('rollback').result()).toMatchObject({ decision, outcome: 'nothing-to-do' });
      });
    });

    it('given a rollback that fails, then a person must look, and it is not tried for ever', () =>
      new World({ serve: () => Promise.reject(failing('ServingFailed', 'version 0 is gone')) }).while(async (world) => {
        const entity = await world.begin();
        await give(entity, { eventId: 'back-1', kind: 'rollback-requested', decision, who: 'ann', reason: 'odd', asOf });
        await settled(entity, ({ phase }) => phase.at === 'needs-attention');
        expect(world.of('serve')).toHaveLength(1);
      }));
  });

  describe('alarms that last', () => {
    const decide: Activities['decide'] = async ({ asOf: at }) => ({
      decision: `${at}-0000000000d1` as typeof decision,
      digest: digest('decision'),
      action: { kind: 'watch' },
      because: `as of ${at.slice(0, 10)}`,
    });

    /** One look a day, decided on each by itself. */
    async function looked(entity: Entity, from: number, outcomes: string): Promise<void> {
      for (const [day, outcome] of [...outcomes].entries()) {
        const at = plusDays(asOf, from + day);
        const look = { ...reported(from + day), asOf: at, alarm: outcome === 'x', version: v(1) } as LifecycleEvent;
        await entity.signal(tell, look);
        await settled(entity, ({ lastDecision }) => lastDecision?.asOf === at);
      }
    }

    const told = (world: World) => world.of('notify').map(([, { severity, text }]) => `${severity}: ${text}`);
    const over = 'The episode of 2011-05-09 – 2011-05-11 (3 looks) is over: 3 looks in a row without an alarm.';

    for (const [cache, options] of [
      ['workflows kept in memory', {}],
      ['no workflow kept in memory', { maxCachedWorkflows: 0 }],
    ] as const) {
      it(`given they are one episode, with ${cache}, then people hear of it when it opens and when it closes, and that is on record`, () =>
        new World({ decide }).while(async (world) => {
          const entity = await world.begin();
          await looked(entity, 0, 'xxx...');
          expect(told(world)).toEqual(['yellow: Alarm: as of 2011-05-09', `green: ${over}`]);
          const records = world.of('appendAudit').map(([{ what, says }]) => ({ what, says }));
          expect(records.filter(({ what }) => what !== 'decision')).toEqual([{ what: 'episode-closed', says: over }]);
        }, options));
    }

    it('given a run of rules 1, then each is told; the next run has the newest rules, and its alarms are told once', () =>
      new World({ decide }).while(async (world) => {
        const entity = await world.begin(fresh(), [], 1);
        await looked(entity, 0, 'xx');
        expect(told(world)).toEqual(['yellow: Alarm: as of 2011-05-09', 'yellow: Alarm: as of 2011-05-10']);
        const before = (await settled(entity)).alarms;
        await entity.cancel();
        await settled(entity, ({ paused }) => paused !== undefined);
        await until(async () => ((await entity.describe()).runId === entity.firstExecutionRunId ? undefined : true));
        await looked(entity, 2, 'xx');
        expect(told(world).filter((text) => text.includes('Alarm'))).toHaveLength(3);
        const { alarms = [] } = await settled(entity);
        expect(alarms.slice(0, 2)).toEqual(before);
        expect(alarms.map(({ episode }) => episode?.look)).toEqual([undefined, undefined, 1, 2]);
      }));
  });

  describe('effects that fail', () => {
    it('given a receiver that will have none of it, then the rest goes on', () =>
      new World({ decide: deciding(retraining), notify: () => Promise.reject(failing('WebhookRefused', '404')) }).while(async (world) => {
        const entity = await world.begin();
        await entity.signal(tell, reported(1));
        await settled(entity, ({ attempts, phase }) => attempts.length === 1 && phase.at === 'idle');
        expect(world.of('appendAudit').map(([{ what }]) => what)).toContain('effect-failed');
      }));

    it('given a decision fails while a candidate is in traffic, then the rollout and its report are not lost', () => {
      const serving = new Gate();
      const decide: Activities['decide'] = () => Promise.reject(failing('ArtefactMissing', 'the report is gone'));
      const serve: Activities['serve'] = async ({ version }) => {
        await serving.opened;
        return { url: url(version), says: 'serves' };
      };
      const { champion: _none, previous: _nor, ...first } = fresh();
      const start: LifecycleState = {
        ...first,
        phase: { at: 'rolling-out', by: decision, candidate: v(2) },
        outbox: [{ key: `${decision}/roll-out` as never, kind: 'start-roll-out', by: decision, asOf, candidate: v(2) }],
      };
      return new World({
        decide,
        serve,
        readTable: async () => undefined,
        setShares: async () => ({ outcome: 'written', epoch: 1 }),
        moveAliases: async () => ({ outcome: 'moved' }),
        cutFirstGrid: async () => ({}),
        findSegments: async () => ({ segments: [] }),
        takeBaseline: async () => ({ outcome: 'inconclusive', says: 'too little' }),
      }).while(async (world) => {
        const entity = await world.begin(start);
        await world.begun('serve');
        await entity.signal(tell, reported(1));
        await until(async () => (world.of('appendAudit').some(([{ what }]) => what === 'effect-failed') ? true : undefined));
        serving.open();
        const state = await settled(entity, ({ champion }) => champion !== undefined);
        expect(state).toMatchObject({ champion: v(2), phase: { at: 'idle' } });
      });
    });
  });

  it('given it is retired, then what is under way is cancelled, the last word is told, and only then it ends', () =>
    new World({ decide: deciding(retraining), prepare: untilCancelled }).while(async (world) => {
      const entity = await world.begin();
      await entity.signal(tell, reported(1));
      await world.begun('prepare');
      await settled(entity, ({ phase }) => phase.at === 'retraining');
      await give(entity, { eventId: 'retired-1', kind: 'retired', who: 'ann', reason: 'replaced' });
      await entity.result();
      expect((await entity.describe()).status.name).toBe('COMPLETED');
      expect(await world.endOf(world.child('retrain'))).toBe('CANCELLED');
      expect(world.of('notify').at(-1)?.[1].text).toBe('Retired by ann: replaced');
      expect(world.of('saveSnapshot').at(-1)?.[0].phase.at).toBe('retired');
    }));

  it('given rules of another build, then no task of it completes and nothing is done', () =>
    new World().while(async (world) => {
      const entity = await world.client.workflow.start(maintainModel, {
        workflowId: entityId(world.place.installation, model),
        taskQueue: taskQueue(world.place.installation, 'control'),
        args: [{ rules: 3 as 1, state: fresh(), inbox: [reported(1)] }, world.place],
      });
      await until(async () => ((await world.eventsOf(entity)).includes('workflowTaskFailedEventAttributes') ? true : undefined));
      expect((await entity.describe()).status.name).toBe('RUNNING');
      expect(world.did).toEqual([]);
      await entity.terminate();
    }));
});

/** How children stand, asked as a worker asks it. */
function following({ client, place }: World) {
  return createFollowingActivities({ client, installation: place.installation });
}
