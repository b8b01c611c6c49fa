import { setTimeout as sleep } from 'node:timers/promises';
import { defaultPayloadConverter, WorkflowNotFoundError } from '@temporalio/client';
import type { EventTime } from '../../domain/identity/event-time.ts';
import type { ModelName } from '../../domain/identity/names.ts';
import { type ChildName, childId } from '../../domain/identity/workflow-ids.ts';
import type { LifecycleState } from '../../domain/lifecycle/state.ts';
import type { WatchHeartbeat } from '../../domain/rollout/watch-step.ts';
import { requireStatus } from '../models/entity.ts';
import type { Session } from '../models/session.ts';

const shortestPauseMilliseconds = 50;
const longestPauseMilliseconds = 400;

/**
 * Waits until the model has done all it can with the time that has passed: nothing is pending, no work is under way but a watch that
 * has folded and judged everything up to the watermark and waits for more traffic.
 */
export async function untilSettled(session: Session, model: ModelName, watermark: EventTime | undefined): Promise<LifecycleState> {
  for (let pause = shortestPauseMilliseconds; ; pause = Math.min(2 * pause, longestPauseMilliseconds)) {
    const { state, pending } = await requireStatus(session, model);
    const quiet = pending.events === 0 && pending.effects === 0;
    if (quiet && (await isAtRest(session, state, watermark))) {
      const again = await requireStatus(session, model);
      if (again.state.revision === state.revision) return again.state;
    }
    await sleep(pause);
  }
}

async function isAtRest(session: Session, state: LifecycleState, watermark: EventTime | undefined): Promise<boolean> {
  switch (state.phase.at) {
    case 'retraining':
    case 'rolling-back':
      return false;
    case 'rolling-out':
      return watermark !== undefined && (await watchedUpTo(session, state.model)) >= watermark;
    default:
      return state.baselining === undefined && (state.baseline !== undefined || !(await isRunning(session, 'baseline', state.model)));
  }
}

/** Event time up to which the watch under way has judged and found nothing to end its step; empty when none waits. */
async function watchedUpTo({ client, place }: Session, model: ModelName): Promise<string> {
  try {
    const { raw } = await client.workflow.getHandle(childId(place.installation, 'rollout', model)).describe();
    const watch = raw.pendingActivities?.find(({ activityType }) => activityType?.name === 'watchStep');
    const beat = watch?.heartbeatDetails?.payloads?.[0];
    return beat ? (defaultPayloadConverter.fromPayload<WatchHeartbeat>(beat).watermark ?? '') : '';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return '';
    throw error;
  }
}

async function isRunning({ client, place }: Session, child: ChildName, model: ModelName): Promise<boolean> {
  try {
    const { status } = await client.workflow.getHandle(childId(place.installation, child, model)).describe();
    return status.name === 'RUNNING';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}
