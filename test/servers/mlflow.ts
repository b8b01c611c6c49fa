import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../../adapters/process/free-port.ts';

export interface MlflowServer {
  readonly trackingUri: string;
  /** Folder of the Python programs, for PATH. */
  readonly bin: string;
  /** Its database (`mlflow.db`) and its `artifacts`; gone when it is stopped. */
  readonly folder: string;
  stop(): Promise<void>;
}

export const whyNoMlflow = 'MLflow is not installed: run `node scripts/setup.mjs`, or name its folder in ANCHORWATCH_PYTHON_BIN';

/** Folder that holds `mlflow`: ANCHORWATCH_PYTHON_BIN, else the first of PATH that has it. */
export function mlflowBin(): string | undefined {
  const folders = [process.env.ANCHORWATCH_PYTHON_BIN ?? '', ...(process.env.PATH ?? '').split(delimiter)];
  return folders.find((folder) => folder !== '' && existsSync(join(folder, 'mlflow')));
}

/** A real tracking server on a free port, with nothing in it. */
export async function startMlflow(): Promise<MlflowServer> {
  const bin = mlflowBin();
  if (bin === undefined) throw new Error(whyNoMlflow);
  const folder = await mkdtemp(join(tmpdir(), 'anchorwatch-mlflow-'));
  const port = await freePort();
  const server = spawn(
    join(bin, 'mlflow'),
    [
      ...['server', '--host', '127.0.0.1', '--port', String(port), '--workers', '1'],
      ...['--backend-store-uri', `sqlite:///${join(folder, 'mlflow.db')}`, '--artifacts-destination', join(folder, 'artifacts')],
    ],
    {
      detached: true,
      stdio: 'ignore',
      env: { ...process.env, MLFLOW_SERVER_ENABLE_JOB_EXECUTION: 'false', PATH: `${bin}${delimiter}${process.env.PATH}` },
    },
  );
  const endGroup = () => signalGroup(server, 'SIGKILL');
  process.once('exit', endGroup);

  const stop = async () => {
    process.off('exit', endGroup);
    const ended = new Promise((resolve) => server.once('exit', resolve));
    if (server.exitCode === null && server.signalCode === null) {
      signalGroup(server, 'SIGKILL');
      await ended;
    }
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  const trackingUri = `http://127.0.0.1:${port}`;
  try {
    await untilHealthy(trackingUri, server);
  } catch (error) {
    await stop();
    throw error;
  }
  return { trackingUri, bin, folder, stop };
}

async function untilHealthy(trackingUri: string, server: ChildProcess): Promise<void> {
  const deadline = Date.now() + 120_000;
  while (Date.now() < deadline) {
    if (server.exitCode !== null) throw new Error(`MLflow ended with ${server.exitCode} before it answered`);
    const healthy = await fetch(`${trackingUri}/health`).then(
      (response) => response.ok,
      () => false,
    );
    if (healthy) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`MLflow did not answer at ${trackingUri} within two minutes`);
}

function signalGroup(server: ChildProcess, signal: NodeJS.Signals): void {
  try {
    process.kill(-(server.pid as number), signal);
  } catch {
    // It is gone already.
  }
}

/** Logs a small scikit-learn model `label = 2a + b` into a run (or a new one) and tells where it is. */
export async function logLinearModel(server: MlflowServer, runId?: string): Promise<{ readonly modelUri: string; readonly runId: string }> {
  const program = [
    'import json, os, mlflow, pandas as pd',
    'from sklearn.linear_model import LinearRegression',
    'from mlflow.models import infer_signature',
    'rows = pd.DataFrame({"a": [float(i) for i in range(20)], "b": [float(i * i % 7) for i in range(20)]})',
    'model = LinearRegression().fit(rows, rows.a * 2 + rows.b)',
    'with mlflow.start_run(run_id=os.environ.get("RUN")) as run:',
    '    logged = mlflow.sklearn.log_model(model, name="model", signature=infer_signature(rows, model.predict(rows)))',
    'print(json.dumps({"modelUri": logged.model_uri, "runId": run.info.run_id}))',
  ].join('\n');
  const { stdout } = await promisify(execFile)(join(server.bin, 'python'), ['-c', program], {
    cwd: tmpdir(),
    env: {
      ...process.env,
      PATH: `${server.bin}${delimiter}${process.env.PATH}`,
      MLFLOW_TRACKING_URI: server.trackingUri,
      ...(runId === undefined ? {} : { RUN: runId }),
    },
  });
  return JSON.parse(stdout.trim().split('\n').at(-1) as string);
}
