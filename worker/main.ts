import { parseArgs } from 'node:util';
import { Client, Connection } from '@temporalio/client';
import {
  bundleWorkflowCode,
  NativeConnection,
  type NativeConnectionOptions,
  Runtime,
  Worker,
  type WorkerOptions,
  type WorkflowBundleOption,
} from '@temporalio/worker';
import { type Queue, taskQueue } from '../domain/identity/workflow-ids.ts';
import { composeActivities } from './compose.ts';
import { type Configuration, loadConfiguration } from './configuration.ts';
import { openPorts } from './ports.ts';
import { temporalConnectionOptions } from './temporal-connection.ts';
import { temporalShortcomings } from './temporal-readiness.ts';
import { workflowSource } from './workflow-source.ts';

/** Queues whose workers run workflows too; the others only do what workflows ask for. */
const workflowQueues: readonly Queue[] = ['control', 'contain'];

/** How much each queue does at a time: `watch` only waits, `heavy` and `train` use the machine. */
const slots: Readonly<Record<Queue, number>> = { control: 40, contain: 40, watch: 200, heavy: 2, train: 1 };

const { values } = parseArgs({ options: { queues: { type: 'string', default: 'control,contain,watch,heavy,train' } } });
await run(values.queues.split(',') as Queue[], process.env);

async function run(queues: readonly Queue[], env: NodeJS.ProcessEnv): Promise<void> {
  Runtime.install({ shutdownSignals: ['SIGTERM', 'SIGINT', 'SIGHUP'] });
  const configuration = loadConfiguration({ cwd: process.cwd(), env });
  const options = await temporalConnectionOptions(configuration.temporal, env);
  const connection = await connected(configuration, options);
  await refuseUnpreparedServer(connection, configuration);

  const client = new Client({ connection, namespace: configuration.temporal.namespace });
  const ports = await openPorts(configuration, env, (says) => console.warn(says));
  const activities = composeActivities(configuration, ports, client, env);
  const native = await NativeConnection.connect(options);
  const bundle = queues.some((queue) => workflowQueues.includes(queue)) ? await workflowBundle() : undefined;

  const workers = await Promise.all(
    queues.map((queue) =>
      Worker.create({
        connection: native,
        namespace: configuration.temporal.namespace,
        taskQueue: taskQueue(configuration.installation, queue),
        activities: activities[queue],
        maxConcurrentActivityTaskExecutions: slots[queue],
        maxHeartbeatThrottleInterval: '200ms',
        shutdownGraceTime: 0,
        ...(bundle !== undefined && workflowQueues.includes(queue) && { workflowBundle: bundle, ...cache(env) }),
      }),
    ),
  );
  console.log(`working on ${queues.join(', ')}`);
  await Promise.all(workers.map((worker) => worker.run()));
  await native.close();
  await connection.close();
}

/** A server that does not answer at the start is named with the command to run; one that goes away later is waited for. */
async function connected({ temporal }: Configuration, options: NativeConnectionOptions): Promise<Connection> {
  try {
    return await Connection.connect(options);
  } catch (fault) {
    console.error(`Temporal does not answer at ${temporal.address} (${(fault as Error).message}).\n  anchorwatch doctor`);
    process.exit(1);
  }
}

/** How many workflows are kept in memory between their tasks; 0 replays each from its history, as tests ask for. */
function cache(env: NodeJS.ProcessEnv): Pick<WorkerOptions, 'maxCachedWorkflows'> {
  return { maxCachedWorkflows: Number(env.ANCHORWATCH_CACHED_WORKFLOWS ?? 200) };
}

/** An attribute that is not registered would fail every workflow task for ever: better not to begin. */
async function refuseUnpreparedServer(connection: Connection, { temporal }: Configuration): Promise<void> {
  const lacks = await temporalShortcomings(connection, temporal);
  if (lacks.length === 0) return;
  console.error(lacks.map(({ says, remedy }) => `${says}\n  ${remedy}`).join('\n'));
  process.exit(1);
}

async function workflowBundle(): Promise<WorkflowBundleOption> {
  const source = workflowSource();
  return 'workflowBundle' in source ? source.workflowBundle : bundleWorkflowCode(source);
}
