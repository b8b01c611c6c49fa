import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { activityInfo, Context, heartbeat } from '@temporalio/activity';
import { Client, Connection, type Workflow, type WorkflowHandle } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { afterAll, inject } from 'vitest';
import type { AssessingActivities } from '../../activities/assessing.ts';
import type { BaseliningActivities } from '../../activities/baselining.ts';
import type { CountingActivities } from '../../activities/counting.ts';
import type { DecidingActivities } from '../../activities/deciding.ts';
import type { FollowingActivities } from '../../activities/following.ts';
import type { GatingActivities } from '../../activities/gating.ts';
import type { PlanningActivities } from '../../activities/planning.ts';
import type { PreparingActivities } from '../../activities/preparing.ts';
import type { RecordingActivities } from '../../activities/recording.ts';
import type { RegisteringActivities } from '../../activities/registering.ts';
import type { RegriddingActivities } from '../../activities/regridding.ts';
import type { RoutingActivities } from '../../activities/routing.ts';
import type { ScoringActivities } from '../../activities/scoring.ts';
import type { ServingActivities } from '../../activities/serving.ts';
import type { TidyingActivities } from '../../activities/tidying.ts';
import type { TrainingActivities } from '../../activities/training.ts';
import type { WatchingActivities } from '../../activities/watching.ts';
import { type Queue, taskQueue } from '../../domain/identity/workflow-ids.ts';
import type { Place } from '../../workflows/place.ts';
import { until } from '../until.ts';

export type Activities = AssessingActivities &
  BaseliningActivities &
  CountingActivities &
  DecidingActivities &
  FollowingActivities &
  GatingActivities &
  PlanningActivities &
  PreparingActivities &
  RecordingActivities &
  RegisteringActivities &
  RegriddingActivities &
  RoutingActivities &
  ScoringActivities &
  ServingActivities &
  TidyingActivities &
  TrainingActivities &
  WatchingActivities;

export type Fakes = Partial<Activities>;
type Name = keyof Activities;

const queues: readonly Queue[] = ['control', 'contain', 'watch', 'heavy', 'train'];

Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging: { forward: {}, filter: 'ERROR' } } });
const address = inject('temporalAddress');
const [native, connection] = await Promise.all([NativeConnection.connect({ address }), Connection.connect({ address })]);
afterAll(async () => {
  await native.close();
  await connection.close();
});

/** An installation of its own on the shared server: all workflows as they are, activities as a test says. */
export class Engine {
  readonly place: Place;
  readonly client = new Client({ connection });
  /** Every activity that was begun, as `queue:name`, in order. */
  readonly did: string[] = [];
  private readonly calls = new Map<string, unknown[][]>();
  private readonly bell = new EventEmitter();
  private readonly fakes: Fakes;

  constructor(fakes: Fakes, place: Partial<Place> = {}) {
    this.fakes = fakes;
    this.place = { installation: `t${randomUUID().slice(0, 8)}`, searchAttributes: true, ...place };
  }

  /** What an activity was called with, each time. */
  of<N extends Name>(name: N): Parameters<Activities[N]>[] {
    return (this.calls.get(name) ?? []) as Parameters<Activities[N]>[];
  }

  /** Waits until an activity was begun so many times. */
  async begun(name: Name, times = 1): Promise<void> {
    while (this.of(name).length < times) await once(this.bell, 'call');
  }

  /** Waits until Temporal has it that a run ended or goes on anew; tells how. */
  async endOf(handle: WorkflowHandle<Workflow>): Promise<string> {
    await handle.result().catch(() => undefined);
    return (await handle.describe()).status.name;
  }

  async outcomeOf(handle: WorkflowHandle<Workflow>): Promise<string | undefined> {
    const { searchAttributes } = await handle.describe();
    return searchAttributes.AnchorwatchOutcome?.[0] as string | undefined;
  }

  /** Names of the history's events without the prefix, for what must not be in it. */
  async eventsOf(handle: WorkflowHandle<Workflow>): Promise<readonly string[]> {
    const { events } = await handle.fetchHistory();
    return (events ?? []).map((event) => Object.keys(event).find((key) => key.endsWith('Attributes')) ?? '');
  }

  /** Waits until a workflow task that knows of the cancel has completed. */
  async cancelSeen(handle: WorkflowHandle<Workflow>): Promise<void> {
    await until(async () => {
      const events = await this.eventsOf(handle);
      const asked = events.indexOf('workflowExecutionCancelRequestedEventAttributes');
      return asked >= 0 && events.indexOf('workflowTaskCompletedEventAttributes', asked) >= 0 ? true : undefined;
    });
  }

  /** All workers run while the work is done, but those of a queue that others serve. */
  async while<T>(
    work: (engine: this) => Promise<T>,
    { without, ...options }: { maxCachedWorkflows?: number; without?: Queue } = {},
  ): Promise<T> {
    const served = queues.filter((queue) => queue !== without);
    const workers = await Promise.all(served.map((queue) => this.worker(queue, options)));
    const running = workers.map((worker) => worker.run());
    try {
      return await work(this);
    } finally {
      for (const worker of workers) worker.shutdown();
      await Promise.all(running);
    }
  }

  private worker(queue: Queue, options: { maxCachedWorkflows?: number }): Promise<Worker> {
    const runsWorkflows = queue === 'control' || queue === 'contain';
    return Worker.create({
      connection: native,
      taskQueue: taskQueue(this.place.installation, queue),
      activities: { default: (...args: unknown[]) => this.answer(queue, args) },
      maxHeartbeatThrottleInterval: '50ms',
      ...(runsWorkflows ? { workflowBundle: { codePath: inject('workflowBundle') }, ...options } : {}),
    });
  }

  private async answer(queue: Queue, args: unknown[]): Promise<unknown> {
    const name = activityInfo().activityType as Name;
    this.did.push(`${queue}:${name}`);
    this.calls.set(name, [...(this.calls.get(name) ?? []), args]);
    this.bell.emit('call');
    const fake = this.fakes[name] as ((...given: unknown[]) => Promise<unknown>) | undefined;
    if (fake === undefined) throw failing('NotFaked', `${name} was not expected`);
    return await Promise.race([fake(...args), Context.current().cancelled]);
  }
}

/** A failure no further attempt can mend. */
export function failing(type: string, message: string): ApplicationFailure {
  return ApplicationFailure.create({ type, message, nonRetryable: true });
}

/** An activity that does nothing but live until it is cancelled. */
export async function untilCancelled(): Promise<never> {
  const beat = setInterval(() => heartbeat(), 25);
  try {
    return (await Context.current().cancelled) as never;
  } finally {
    clearInterval(beat);
  }
}

/** Something an activity waits for, until the test opens it. */
export class Gate {
  open: () => void = () => undefined;
  readonly opened = new Promise<void>((resolve) => {
    this.open = resolve;
  });
}
