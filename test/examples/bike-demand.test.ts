import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { MockActivityEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTrainingActivities } from '../../activities/training.ts';
import { readPolicyFile } from '../../adapters/policy-file/read-policy-file.ts';
import { createMlflowRegistry } from '../../adapters/registry/mlflow/mlflow-registry.ts';
import { createMlflowServing, type MlflowServing } from '../../adapters/serving/mlflow/mlflow-serving.ts';
import { createArtefacts } from '../../adapters/store/artefacts.ts';
import { createFileStore } from '../../adapters/store/file/file-store.ts';
import { createCommandTrainer } from '../../adapters/trainer/command/command-trainer.ts';
import { eventTime } from '../../domain/identity/event-time.ts';
import type { DecisionId, Digest, EffectKey } from '../../domain/identity/names.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import type { PreparedData } from '../../domain/training/prepared-data.ts';
import type { TrainingRun } from '../../domain/training/training-run.ts';
import { emptyFolder } from '../empty-folder.ts';
import { type MlflowServer, mlflowBin, startMlflow, whyNoMlflow } from '../servers/mlflow.ts';

const example = fileURLToPath(new URL('../../examples/bike-demand/', import.meta.url));
const asOf = eventTime('2011-06-06');
const features = ['season', 'mnth', 'hr', 'holiday', 'weekday', 'workingday', 'weathersit', 'temp', 'atemp', 'hum', 'windspeed'];

/** Each trains or serves with several Python programs: seconds on a quiet machine. */
const timeout = 180_000;

describe.skipIf(mlflowBin() === undefined)(
  `the bike-demand example on a real MLflow server (else skipped: ${whyNoMlflow})`,
  { timeout },
  () => {
    const stateRoot = emptyFolder();
    const artefacts = createArtefacts(createFileStore(join(stateRoot, 'store')));
    let mlflow: MlflowServer;
    let serving: MlflowServing;
    let prepared: PreparedData;
    let testRows: { data: number[][]; demand: number[] };

    beforeAll(async () => {
      mlflow = await startMlflow();
      serving = createMlflowServing({ stateRoot, trackingUri: mlflow.trackingUri, pathPrefix: mlflow.bin });
      prepared = await prepare(stateRoot);
      testRows = await rowsOf(prepared.files.test);
    });
    afterAll(async () => {
      await serving?.suspend();
      await mlflow?.stop();
    });

    const registry = () => createMlflowRegistry({ trackingUri: mlflow.trackingUri, authorization: async () => undefined });

    async function trainedBy(policyFile: string, decision: string): Promise<TrainingRun> {
      const read = await readPolicyFile(join(example, policyFile));
      if (!read.ok) throw new Error(JSON.stringify(read.problems));
      const trainer = createCommandTrainer({ stateRoot, pathPrefix: mlflow.bin });
      const activities = createTrainingActivities({ trainer, registry: registry(), artefacts, trackingUri: mlflow.trackingUri });
      const digest = await artefacts.save(read.policy satisfies Policy);
      const order = {
        decision: decision as DecisionId,
        model: read.policy.model,
        asOf,
        policy: { digest, folder: read.folder, mode: 'act', approval: 'none' },
        strategy: 'full',
        because: 'a test',
      } as const;
      const { training } = (await new MockActivityEnvironment().run(activities.train, order, await artefacts.save(prepared))) as {
        training: Digest;
      };
      return (await artefacts.read<TrainingRun>('training-run', training)) as TrainingRun;
    }

    async function served({ model, key, runId, modelUri }: TrainingRun): Promise<string> {
      const version = await registry().register({ model, key: `${key}/register` as EffectKey, runId, source: modelUri, tags: {} });
      return (await serving.ensure(model, version)).url;
    }

    async function meanErrorBy(url: string, rowsAtOnce: number): Promise<number> {
      let sum = 0;
      for (let from = 0; from < testRows.data.length; from += rowsAtOnce) {
        const answer = await ask(url, testRows.data.slice(from, from + rowsAtOnce));
        const { predictions } = (await answer.json()) as { predictions: number[] };
        sum += predictions.reduce((errors, prediction, row) => errors + Math.abs(prediction - (testRows.demand[from + row] as number)), 0);
      }
      return sum / testRows.data.length;
    }

    it('given the rows of half a year, when it is trained and served, then it is off by less than 35 bikes an hour, row by row too', async () => {
      const run = await trainedBy('anchorwatch.yaml', 'good');
      const url = await served(run);
      const error = await meanErrorBy(url, 500);
      expect(error).toBeLessThan(35);
      expect(error).toBeCloseTo(run.metrics.test_mae as number, 6);
      expect((await ask(url, testRows.data.slice(0, 1))).status).toBe(200);
    });

    it('given drill 1, when it is trained, then its error is far above the gate', async () => {
      const run = await trainedBy('drills/shuffled-labels.yaml', 'shuffled');
      expect(run.metrics.test_mae).toBeGreaterThan(60);
    });

    it('given drill 2, when it is served, then batches are answered as well as by a good model, and single rows with an error', async () => {
      const url = await served(await trainedBy('drills/batch-standardised.yaml', 'batch'));
      expect(await meanErrorBy(url, 500)).toBeLessThan(35);
      for (const row of testRows.data.slice(0, 5)) expect((await ask(url, [row])).status).toBe(400);
    });
  },
);

it('given the data, when their columns are read, then nothing that gives the answer away is among them', () => {
  for (const file of ['history.csv', 'replay.csv']) {
    const [header] = readFileSync(join(example, 'data', file), 'utf8').split('\n');
    expect(header?.split(',')).toEqual(['hour_id', 'time', ...features, 'demand']);
  }
});

function ask(url: string, data: number[][]): Promise<Response> {
  const body = JSON.stringify({ dataframe_split: { columns: features, data } });
  return fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
}

/** Half a year of the example, whole days dealt out by a hash: Parquet as the preparation writes it. */
async function prepare(stateRoot: string): Promise<PreparedData> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const part = (name: string, from: number, to: number) =>
    connection
      .run(
        `copy (select *, 1.0 as weight from read_csv(['${example}data/history.csv', '${example}data/replay.csv'])
               where hour_id < '2011-06-06' and md5_number_lower(hour_id[:10]) % 10 >= ${from} and md5_number_lower(hour_id[:10]) % 10 < ${to}
               order by hour_id) to '${join(stateRoot, name)}' (format parquet)`,
      )
      .then(() => join(stateRoot, name));
  const files = {
    train: await part('train.parquet', 0, 5),
    validation: await part('validation.parquet', 5, 7),
    test: await part('test.parquet', 7, 10),
  };
  return {
    kind: 'prepared-data',
    schemaVersion: 1,
    madeFrom: [],
    model: 'bike-demand' as PreparedData['model'],
    decision: 'test' as DecisionId,
    asOf,
    files,
    contents: files,
    rows: { train: 1, validation: 1, test: 1 },
    columns: { id: 'hour_id', time: 'time', label: 'demand', weight: 'weight', features },
    window: { from: eventTime('2011-01-01'), to: asOf },
  };
}

async function rowsOf(path: string): Promise<{ data: number[][]; demand: number[] }> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const rows = (
    await connection.runAndReadAll(`select ${[...features, 'demand'].map((name) => `${name}::double`).join(', ')} from '${path}'`)
  ).getRows();
  return { data: rows.map((row) => row.slice(0, -1) as number[]), demand: rows.map((row) => row.at(-1) as number) };
}
