import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createDecidingActivities } from '../../activities/deciding.ts';
import { createRecordingActivities } from '../../activities/recording.ts';
import { createArtefacts } from '../../adapters/store/artefacts.ts';
import { createFileStore } from '../../adapters/store/file/file-store.ts';
import type { AuditRecord } from '../../domain/audit/audit-record.ts';
import type { Decision } from '../../domain/decision/decision.ts';
import { eventTime } from '../../domain/identity/event-time.ts';
import type { Digest } from '../../domain/identity/names.ts';
import { entityId, taskQueue } from '../../domain/identity/workflow-ids.ts';
import { firstState } from '../../domain/lifecycle/first-state.ts';
import { newestRules } from '../../domain/lifecycle/rules.ts';
import type { LifecycleState } from '../../domain/lifecycle/state.ts';
import { alarmSubjects } from '../../domain/report/alarm-subjects.ts';
import { acknowledge } from '../../scripts/models/acknowledge.ts';
import { readAudit } from '../../scripts/models/audit.ts';
import { requireStatus } from '../../scripts/models/entity.ts';
import type { Session } from '../../scripts/models/session.ts';
import type { Ports } from '../../worker/ports.ts';
import { maintainModel } from '../../workflows/maintain-model.ts';
import { tell } from '../../workflows/messages.ts';
import { policyWith, report, worse } from '../decision/decision-material.ts';
import { emptyFolder } from '../empty-folder.ts';
import { until } from '../until.ts';
import { Engine } from './engine.ts';

/** A watched model with its own store, whose reports are decided on and recorded as they are. */
class Watched extends Engine {
  readonly ports: Ports;
  readonly session: Session;
  readonly policy = policyWith({ mode: 'watch' });

  constructor() {
    const store = createFileStore(join(emptyFolder(), 'store'));
    const artefacts = createArtefacts(store);
    const { saveSnapshot, appendAudit } = createRecordingActivities({ store, artefacts, notifier: { send: async () => undefined } });
    const { decide } = createDecidingActivities({ artefacts });
    super({ saveSnapshot, appendAudit, decide, notify: async () => 'sent' });
    this.ports = { store, artefacts } as unknown as Ports;
    this.session = { place: this.place, client: this.client, ports: this.ports } as unknown as Session;
  }

  async begin(): Promise<void> {
    const digest = await this.ports.artefacts.save(this.policy);
    const { model } = this.policy;
    const state = firstState(model, { digest, folder: '/models/bike', mode: 'watch', approval: 'none' }, 'replay');
    await this.client.workflow.start(maintainModel, {
      workflowId: entityId(this.place.installation, model),
      taskQueue: taskQueue(this.place.installation, 'control'),
      args: [{ rules: newestRules, state, inbox: [] }, this.place],
    });
  }

  /** A check that found the model worse; resolves when it was decided on. */
  async alarm(day: string): Promise<LifecycleState> {
    const found = report(day, [worse]).report;
    const digest = await this.ports.artefacts.save(found);
    const asOf = eventTime(day);
    await this.client.workflow
      .getHandle(entityId(this.place.installation, this.policy.model))
      .signal(tell, { eventId: `reported-${day}`, kind: 'reported', report: digest, asOf, alarm: true, subjects: alarmSubjects(found) });
    return this.atRest(({ lastDecision }) => lastDecision?.asOf === asOf);
  }

  /** All that was said of alarms, when the last of it is on record. */
  async acknowledged(): Promise<AuditRecord[]> {
    await this.atRest();
    const records: AuditRecord[] = [];
    for await (const record of readAudit(this.ports, this.policy.model)) if (record.what.startsWith('ack')) records.push(record);
    return records;
  }

  private atRest(is: (state: LifecycleState) => boolean = () => true): Promise<LifecycleState> {
    return until(async () => {
      const { state, pending } = await requireStatus(this.session, this.policy.model);
      return pending.events + pending.effects === 0 && is(state) ? state : undefined;
    });
  }
}

const said = { answer: { kind: 'expected', until: eventTime('2011-06-01') }, who: 'ann', note: 'a fair' } as const;

describe('an alarm that a person acknowledges', () => {
  it('given it is expected, when the same comes again, then it is decided on as expected, computed again equal, and as any other afterwards', () =>
    new Watched().while(async (world) => {
      const { model } = world.policy;
      await world.begin();
      expect((await world.alarm('2011-05-09')).lastDecision?.action.kind).toBe('escalate');
      const { subjects } = await acknowledge(world.session, model, { meant: '2011-05-09', ...said });
      expect(subjects).toEqual(['performance/mae']);

      const state = await world.alarm('2011-05-16');
      expect(state.lastDecision?.action.kind).toBe('nothing');
      expect(state.alarms?.map(({ answer }) => answer?.kind)).toEqual(['expected', 'expected']);
      const digest = state.lastDecision?.digest as Digest;
      const decision = await world.ports.artefacts.read<Decision>('decision', digest);
      expect(decision?.reasons[0]).toMatchObject({ code: 'expected', says: `Expected until 2011-06-01: ${worse.says}` });
      expect(await createDecidingActivities(world.ports).recompute(digest)).toBe('same');

      expect((await world.alarm('2011-06-02')).lastDecision?.action.kind).toBe('escalate');
    }));

  it('given it was acknowledged, when the same is said again, then it is recorded once; anything else is refused with words', () =>
    new Watched().while(async (world) => {
      const { model } = world.policy;
      await world.begin();
      await world.alarm('2011-05-09');
      const first = await acknowledge(world.session, model, { meant: '2011-05-09', ...said });
      const again = await acknowledge(world.session, model, { meant: first.alarm.report.slice(0, 8), ...said });
      expect(again.alarm).toEqual(first.alarm);

      const otherwise = { meant: '2011-05-09', answer: { kind: 'real' }, who: 'bob' } as const;
      await expect(acknowledge(world.session, model, otherwise)).rejects.toThrow('acknowledged already: expected until 2011-06-01.');
      await expect(acknowledge(world.session, model, { ...otherwise, meant: '2011-05-10' })).rejects.toThrow(
        'No alarm of bike-demand is of "2011-05-10". There are: 2011-05-09 (',
      );
      const records = await world.acknowledged();
      expect(records.map(({ what, evidence }) => ({ what, evidence }))).toEqual([
        { what: 'acknowledged-expected', evidence: first.alarm.report },
      ]);
      expect(records[0]?.says).toBe('ann: the alarm of 2011-05-09 (performance/mae) was expected until 2011-06-01. a fair');
    }));

  it('given alarms in a row, when one of them is acknowledged as false, then all are, and those that follow, on record and counted once', () =>
    new Watched().while(async (world) => {
      const { model } = world.policy;
      await world.begin();
      await world.alarm('2011-05-09');
      await world.alarm('2011-05-10');
      const said = await acknowledge(world.session, model, { meant: '2011-05-09', answer: { kind: 'false' }, who: 'ann' });
      expect(said.episode).toMatchObject({ first: eventTime('2011-05-09'), last: eventTime('2011-05-10'), looks: 2 });
      const state = await world.alarm('2011-05-11');
      expect(state.alarms?.map(({ answer }) => answer?.kind)).toEqual(['false', 'false', 'false']);
      expect(state.checks).toMatchObject({ count: 3, falseAlarms: 1 });
      expect((await world.acknowledged()).map(({ says }) => says)).toEqual([
        'ann: the alarms of 2011-05-09 – 2011-05-10 (performance/mae) were a false alarm.',
      ]);
      expect(world.of('notify')).toHaveLength(1);
    }));

  it('given two people who answer differently at one moment, then one answer stands and the other person is told', () =>
    new Watched().while(async (world) => {
      const { model } = world.policy;
      await world.begin();
      await world.alarm('2011-05-09');
      const answers = await Promise.allSettled(
        (['real', 'false'] as const).map((kind) => acknowledge(world.session, model, { meant: '2011-05-09', answer: { kind }, who: kind })),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(await world.acknowledged()).toHaveLength(1);
    }));
});
