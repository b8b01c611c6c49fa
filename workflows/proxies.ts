import { type ActivityInterfaceFor, type ActivityOptions, proxyActivities } from '@temporalio/workflow';
import { type Queue, taskQueue } from '../domain/identity/workflow-ids.ts';
import type { Place } from './place.ts';

/**
 * How long each kind of work may take. None has a maximum of attempts: a redeploy uses one up, and a server that is down for minutes
 * uses up many; faults that another attempt cannot mend are thrown as non-retryable by the activities themselves. All of them beat, so
 * that what a killed worker had begun is begun again within the heartbeat's time.
 */
const limits: Readonly<Record<Queue, ActivityOptions>> = {
  control: {
    startToCloseTimeout: '1 minute',
    heartbeatTimeout: '10 seconds',
    retry: { initialInterval: '500ms', maximumInterval: '30 seconds' },
  },
  contain: {
    startToCloseTimeout: '1 minute',
    heartbeatTimeout: '10 seconds',
    retry: { initialInterval: '500ms', maximumInterval: '10 seconds' },
  },
  watch: {
    startToCloseTimeout: '30 days',
    heartbeatTimeout: '15 seconds',
    retry: { initialInterval: '1 second', maximumInterval: '30 seconds' },
  },
  heavy: {
    startToCloseTimeout: '2 hours',
    heartbeatTimeout: '30 seconds',
    retry: { initialInterval: '1 second', maximumInterval: '1 minute' },
  },
  train: {
    startToCloseTimeout: '7 days',
    heartbeatTimeout: '15 seconds',
    // A training is given up when its program has stopped, not before.
    cancellationType: 'WAIT_CANCELLATION_COMPLETED',
    retry: { initialInterval: '1 second', maximumInterval: '1 minute' },
  },
};

/** Activities of one queue. The summary is what a person reads beside the activity in Temporal's UI. */
export function on<T>(place: Place, queue: Queue, summary: string, more: ActivityOptions = {}): ActivityInterfaceFor<T> {
  return proxyActivities<T>({ ...limits[queue], taskQueue: taskQueue(place.installation, queue), summary, ...more });
}
