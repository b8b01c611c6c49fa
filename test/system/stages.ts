import type { ChildName } from '../../domain/identity/workflow-ids.ts';
import { childId } from '../../domain/identity/workflow-ids.ts';
import { until } from '../until.ts';
import type { Bike } from './bike.ts';
import type { TestStack } from './stack.ts';

/** A moment of a retraining or a rollout, told by the server: the child has asked for this activity so many times. */
export interface Stage {
  readonly child: ChildName;
  readonly activity: string;
  readonly times?: number;
}

export function toldStage({ child, activity, times = 1 }: Stage): string {
  return `${child}: ${activity}${times > 1 ? ` (${times})` : ''}`;
}

/** Waits for the stage in a run of the child other than those named. Histories only grow, so no stage is missed, however slow the look. */
export async function untilStage({ session }: TestStack, { model }: Bike, stage: Stage, before: readonly string[] = []): Promise<void> {
  const { client, place } = session;
  const handle = client.workflow.getHandle(childId(place.installation, stage.child, model));
  await until(async () => {
    try {
      const { runId } = await handle.describe();
      if (before.includes(runId)) return undefined;
      const { events } = await handle.fetchHistory();
      const asked = events?.filter((event) => event.activityTaskScheduledEventAttributes?.activityType?.name === stage.activity) ?? [];
      return asked.length >= (stage.times ?? 1) || undefined;
    } catch (error) {
      if ((error as Error).name === 'WorkflowNotFoundError') return undefined;
      throw error;
    }
  });
}

/** Ids of the runs each child has had so far, newest of each. */
export async function runsSoFar({ session }: TestStack, { model }: Bike): Promise<readonly string[]> {
  const { client, place } = session;
  const names = ['retrain', 'rollout', 'rollback', 'baseline'] as const;
  const ids = await Promise.all(
    names.map((name) =>
      client.workflow
        .getHandle(childId(place.installation, name, model))
        .describe()
        .then(({ runId }) => runId)
        .catch(() => ''),
    ),
  );
  return ids;
}
