import { delimiter } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Served, Serving } from '../../../domain/serving/serving.port.ts';
import { ServingFailed } from '../../../domain/serving/serving-failed.ts';
import { isPortFree } from '../../process/free-port.ts';
import { considerateEnvironment } from '../../process/launch/considerate-environment.ts';
import { launchFiles } from '../../process/launch/launch-files.ts';
import { launchStatus } from '../../process/launch/launch-status.ts';
import { stopLaunched } from '../../process/launch/stop-launched.ts';
import { logTail } from '../../process/log-tail.ts';
import { answers, isReachable } from '../answers.ts';
import { type ServedRecord, servedRecords } from '../served-records.ts';
import { latestStart, type ServerStart, startServer } from './server-starts.ts';

export interface MlflowServingOptions {
  readonly stateRoot: string;
  readonly trackingUri: string;
  /** Folders searched before PATH: where `mlflow` is. */
  readonly pathPrefix?: string;
  /** What MLflow's client needs to get the model, asked for at each start, kept only in the server's environment. */
  readonly credentials?: () => Promise<Readonly<Record<string, string>>>;
  /** For the shell, with `{model}`, `{version}` and `{port}`. It must serve `/invocations`, and answer on `/ping` or `/health`. */
  readonly command?: string;
  readonly startTimeoutSeconds?: number;
}

/** Model servers that outlive us, and what is done with all of them when the stack goes down and comes up again. */
export interface MlflowServing extends Serving {
  /** Ends every server and keeps the records. */
  suspend(): Promise<void>;
  /** Ensures every recorded server. One that does not come up is `healthy: false` in the answer and keeps no other waiting. */
  resume(): Promise<readonly Served[]>;
}

const standardCommand = 'mlflow models serve -m models:/{model}/{version} --env-manager local -h 127.0.0.1 -p {port}';
const portsTried = 3;
const lookMilliseconds = 200;
const linesShown = 15;

/**
 * One `mlflow models serve` per version, detached. `serving/<model>-<version>/` holds the record and a folder for each start; a server
 * that lives and answers is adopted, a dead one started again on its port.
 */
export function createMlflowServing(options: MlflowServingOptions): MlflowServing {
  const { stateRoot, trackingUri, pathPrefix, credentials, command = standardCommand, startTimeoutSeconds = 120 } = options;
  const records = servedRecords(stateRoot);
  const latestOf = (record: ServedRecord) => latestStart(records.folderOf(record));

  const serving: MlflowServing = {
    async ensure(model, version) {
      const record = { model, version };
      await records.add(record);
      const latest = await latestOf(record);
      if (latest?.status.state === 'running') {
        if ((await settled(latest)) === 'answers') return served(record, latest.port, true);
      }
      if (latest !== undefined && latest.status.state !== 'absent') await stopLaunched(latest.folder);
      for (let tried = 1; ; tried += 1) {
        const start = await startServer(
          records.folderOf(record),
          await latestOf(record),
          (port) => commandFor(record, port),
          await environment(),
        );
        const became = await settled(start);
        if (became === 'answers') return served(record, start.port, true);
        await stopLaunched(start.folder);
        const portWasTaken = became === 'ended' && !(await isPortFree(start.port));
        if (!portWasTaken || tried === portsTried) throw await failure(record, start, became);
      }
    },

    async stop(model, version) {
      const record = { model, version };
      const latest = await latestOf(record);
      if (latest !== undefined) await stopLaunched(latest.folder);
      await records.remove(record);
    },

    async list() {
      return Promise.all((await records.all()).map(look));
    },

    async suspend() {
      for (const latest of await Promise.all((await records.all()).map(latestOf))) {
        if (latest !== undefined) await stopLaunched(latest.folder);
      }
    },

    async resume() {
      await Promise.allSettled((await records.all()).map(({ model, version }) => serving.ensure(model, version)));
      return serving.list();
    },
  };
  return serving;

  function commandFor({ model, version }: ServedRecord, port: number): string {
    return command.replaceAll('{model}', model).replaceAll('{version}', version).replaceAll('{port}', String(port));
  }

  async function environment() {
    const path = [pathPrefix, process.env.PATH].filter(Boolean).join(delimiter);
    return {
      ...considerateEnvironment,
      ...process.env,
      PATH: path,
      PYTHONUNBUFFERED: '1',
      ...(await credentials?.()),
      MLFLOW_TRACKING_URI: trackingUri,
    };
  }

  async function settled(start: ServerStart): Promise<'answers' | 'ended' | 'silent'> {
    const deadline = performance.now() + startTimeoutSeconds * 1000;
    while (performance.now() < deadline) {
      if ((await launchStatus(start.folder)).state === 'ended') return 'ended';
      if (await isHealthy(start.port)) return 'answers';
      await sleep(lookMilliseconds);
    }
    return 'silent';
  }

  async function look(record: ServedRecord): Promise<Served> {
    const latest = await latestOf(record);
    const running = latest?.status.state === 'running';
    return served(record, latest?.port ?? 0, running && (await isHealthy(latest.port)));
  }

  /** A server that ended while the registry was away did so for want of it: that passes, and is no fault of the model. */
  async function failure({ model, version }: ServedRecord, start: ServerStart, became: 'ended' | 'silent'): Promise<Error> {
    if (!(await isReachable(trackingUri))) {
      return new Error(`MLflow does not answer at ${trackingUri}, so version ${version} of ${model} cannot be served yet.`);
    }
    const log = launchFiles(start.folder).log;
    const happened = became === 'ended' ? 'ended before it answered' : `gave no answer within ${startTimeoutSeconds} s`;
    const says = `The model server of ${model} version ${version} ${happened}. Mend what its log says (${log}), then retrain.`;
    return new ServingFailed(says, await logTail(log, linesShown));
  }
}

async function isHealthy(port: number): Promise<boolean> {
  return (await answers(`http://127.0.0.1:${port}/ping`)) || (await answers(`http://127.0.0.1:${port}/health`));
}

function served({ model, version }: ServedRecord, port: number, healthy: boolean): Served {
  return { key: `${model}/${version}`, model, version, url: `http://127.0.0.1:${port}/invocations`, healthy };
}
