import { randomUUID } from 'node:crypto';
import { until } from '../until.ts';
import type { TestStack } from './stack.ts';

/** What anybody with Temporal's UI may do to a workflow. */
export const hands = ['terminate', 'cancel', 'reset'] as const;
export type Hand = (typeof hands)[number];

/** A reset goes back to the very beginning: the hardest one. */
export async function layHandOn({ session: { client } }: TestStack, workflowId: string, hand: Hand): Promise<void> {
  const handle = client.workflow.getHandle(workflowId);
  if (hand === 'terminate') return void (await handle.terminate('a test lays hands on it'));
  if (hand === 'cancel') return void (await handle.cancel());
  const { runId } = await handle.describe();
  const first = await until(async () => {
    const { events } = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    return events?.find((event) => event.workflowTaskCompletedEventAttributes);
  });
  await client.workflowService.resetWorkflowExecution({
    namespace: client.options.namespace,
    workflowExecution: { workflowId, runId },
    reason: 'a test lays hands on it',
    requestId: randomUUID(),
    workflowTaskFinishEventId: first.eventId ?? null,
  });
}
