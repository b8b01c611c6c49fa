import { setTimeout as sleep } from 'node:timers/promises';
import { ScheduleOverlapPolicy } from '@temporalio/client';
import { createGatewayAdmin, type GatewayAdmin } from '../../adapters/router/gateway/admin.ts';
import { type EventTime, plusDays } from '../../domain/identity/event-time.ts';
import { checkId } from '../../domain/identity/workflow-ids.ts';
import type { LifecycleState } from '../../domain/lifecycle/state.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import type { CheckReport, checkDrift } from '../../workflows/check-drift.ts';
import type { Session } from '../models/session.ts';
import type { Hour } from './hours.ts';
import { Sender, type Sent } from './send.ts';
import { untilSettled } from './settle.ts';
import { slotsAfter } from './slots.ts';

export interface ReplayOptions {
  readonly session: Session;
  readonly policy: Policy;
  readonly hours: readonly Hour[];
  /** Where the clock stands before the first hour. */
  readonly from: EventTime;
  /** How late the truth arrives. */
  readonly knownAfterDays: number;
  /** Requests under way at a time: the speed. It changes no decision. */
  readonly inFlight: number;
}

/** What one turn of the loop brought. */
export interface Turn {
  readonly slot: EventTime;
  readonly sent: Sent;
  readonly check: CheckReport;
  readonly state: LifecycleState;
}

/**
 * Plays recorded hours as live traffic, in event time and closed-loop: send up to the next check's slot, seal the log, wait until a
 * rollout under way has seen it, backfill the paused Schedule for that slot, wait until the model has settled, go on. So two years run
 * in minutes and every speed decides alike: a check never races a promotion that the same traffic brings.
 */
export class Replay {
  private readonly options: ReplayOptions;
  private readonly slots: Generator<EventTime>;
  private readonly sender: Sender;
  private readonly gateway: GatewayAdmin;
  private clock: EventTime;

  constructor(options: ReplayOptions) {
    this.options = options;
    this.clock = options.from;
    this.slots = slotsAfter(options.policy.watch.schedule, options.from);
    const { url } = options.session.configuration.gateway;
    this.sender = new Sender(url, options.policy.model, options.inFlight);
    this.gateway = createGatewayAdmin({ url });
  }

  async turn(): Promise<Turn> {
    const { session, policy, knownAfterDays } = this.options;
    const slot = this.slots.next().value as EventTime;
    const sent = await this.sender.predict(this.hoursBetween(this.clock, slot));
    await this.sender.report(this.hoursBetween(plusDays(this.clock, -knownAfterDays), plusDays(slot, -knownAfterDays)), knownAfterDays);
    await this.gateway.seal(policy.model, slot);
    this.clock = slot;
    await untilSettled(session, policy.model, slot);
    const check = await this.look(slot);
    return { slot, sent, check, state: await untilSettled(session, policy.model, slot) };
  }

  /** Waits for what a person's command began. */
  async settle(): Promise<LifecycleState> {
    return untilSettled(this.options.session, this.options.policy.model, this.clock);
  }

  async close(): Promise<void> {
    await this.sender.close();
  }

  private hoursBetween(from: EventTime, to: EventTime): Hour[] {
    return this.options.hours.filter(({ time }) => time >= from && time < to);
  }

  private async look(slot: EventTime): Promise<CheckReport> {
    const { session, policy } = this.options;
    const { client, place } = session;
    const scheduleId = checkId(place.installation, policy.model);
    const end = new Date(slot);
    await client.schedule
      .getHandle(scheduleId)
      .backfill({ start: new Date(end.getTime() - 1000), end, overlap: ScheduleOverlapPolicy.SKIP });
    const handle = client.workflow.getHandle<typeof checkDrift>(`${scheduleId}-${slot.replace(/\.\d+Z$/, 'Z')}`);
    for (let tries = 0; ; tries += 1) {
      try {
        return await handle.result();
      } catch (error) {
        if ((error as Error).name !== 'WorkflowNotFoundError' || tries > 300) throw error;
        await sleep(100);
      }
    }
  }
}
