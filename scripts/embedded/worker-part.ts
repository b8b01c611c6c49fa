import { Connection } from '@temporalio/client';
import { type Queue, taskQueue } from '../../domain/identity/workflow-ids.ts';
import type { Configuration } from '../../worker/configuration.ts';
import { temporalConnectionOptions } from '../../worker/temporal-connection.ts';
import { ownProgram } from './own-program.ts';
import type { Part, PartName } from './part.ts';

/** A worker for some of the queues. It works when Temporal has heard its process ask for tasks on the first of them. */
export function workerPart(
  name: PartName & ('worker' | 'heavy-worker'),
  queues: readonly [Queue, ...Queue[]],
  configuration: Configuration,
  env: NodeJS.ProcessEnv,
): Part {
  const program = ownProgram('worker/main');
  return {
    name,
    file: program.file,
    arguments: [...program.arguments, '--queues', queues.join(',')],
    environment: env,
    keptWhenFound: false,
    readyWithinSeconds: 90,
    graceSeconds: 15,
    isReady: ({ pid }) => polls(configuration, env, taskQueue(configuration.installation, queues[0]), pid),
  };
}

/** A worker's identity begins with its pid unless told otherwise. */
async function polls({ temporal }: Configuration, env: NodeJS.ProcessEnv, queue: string, pid: number): Promise<boolean> {
  const connection = await Connection.connect({ ...(await temporalConnectionOptions(temporal, env)), connectTimeout: 2_000 });
  try {
    const kinds = [1, 2] as const;
    const answers = await Promise.all(
      kinds.map((taskQueueType) =>
        connection.workflowService.describeTaskQueue({ namespace: temporal.namespace, taskQueue: { name: queue }, taskQueueType }),
      ),
    );
    return answers.some(({ pollers }) => pollers?.some(({ identity }) => identity?.startsWith(`${pid}@`)));
  } finally {
    await connection.close();
  }
}
