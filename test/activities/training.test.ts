import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ActivityCancellationDetails } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { beforeEach, expect, it } from 'vitest';
import { createTrainingActivities } from '../../activities/training.ts';
import { launchFiles } from '../../adapters/process/launch/launch-files.ts';
import { createArtefacts } from '../../adapters/store/artefacts.ts';
import { createFileStore } from '../../adapters/store/file/file-store.ts';
import { createCommandTrainer } from '../../adapters/trainer/command/command-trainer.ts';
import { eventTime } from '../../domain/identity/event-time.ts';
import type { DecisionId, Digest, ModelName } from '../../domain/identity/names.ts';
import { expand } from '../../domain/policy/standard.ts';
import type { Registry } from '../../domain/registry/registry.port.ts';
import type { PreparedData } from '../../domain/training/prepared-data.ts';
import type { RetrainOrder } from '../../domain/training/retrain.ts';
import type { TrainingRun } from '../../domain/training/training-run.ts';
import { emptyFolder } from '../empty-folder.ts';
import { key, writesResult } from '../training/program.ts';
import { until } from '../until.ts';

const model = 'bike-demand' as ModelName;
const trackingUri = 'http://127.0.0.1:9';
const goodResult = writesResult('{"modelUri": "models:/m-1a2b", "metrics": {"mae": 30.5}}');

let stateRoot: string;
let folder: string;
let artefacts: ReturnType<typeof createArtefacts>;
let runs: string[];

beforeEach(() => {
  [stateRoot, folder, runs] = [emptyFolder(), emptyFolder(), []];
  artefacts = createArtefacts(createFileStore(join(stateRoot, 'store')));
});

/** What the registry was told, in order: the registry itself is tested against a real server. */
const registry: Pick<Registry, 'ensureRun' | 'endRun' | 'logMetrics'> = {
  async ensureRun() {
    return 'run-1';
  },
  async endRun(_, status) {
    runs.push(status);
  },
  async logMetrics(_, metrics) {
    runs.push(JSON.stringify(metrics));
    return { leftOut: [] };
  },
};

/** A worker that trains with a shell command; every call is a new worker on the same state. */
async function trainWith(command: string, timeLimitSeconds = 60) {
  const policy = expand({
    model,
    task: { kind: 'regression' },
    sources: { predictions: { from: 'gateway' } },
    training: { command, timeLimitSeconds },
  });
  const digest = await artefacts.save(policy);
  const prepared = await artefacts.save(preparedData());
  const order: RetrainOrder = {
    decision: key.split('/')[0] as DecisionId,
    model,
    asOf: eventTime('2011-05-09'),
    policy: { digest, folder, mode: 'act', approval: 'none' },
    strategy: 'full',
    because: 'a test',
  };
  const trainer = createCommandTrainer({ stateRoot });
  const { train } = createTrainingActivities({ trainer, registry, artefacts, trackingUri });
  const worker = new MockActivityEnvironment();
  return { worker, trainer, done: worker.run(train, order, prepared) as Promise<{ training: Digest; says: string }> };
}

function preparedData(): PreparedData {
  const part = { train: 'a.parquet', validation: 'b.parquet', test: 'c.parquet' };
  return {
    kind: 'prepared-data',
    schemaVersion: 1,
    madeFrom: [],
    model,
    decision: key.split('/')[0] as DecisionId,
    asOf: eventTime('2011-05-09'),
    files: part,
    contents: part,
    rows: { train: 3, validation: 1, test: 1 },
    columns: { id: 'hour_id', time: 'time', label: 'demand', weight: 'weight', features: ['temp'] },
    window: { from: eventTime('2011-01-01'), to: eventTime('2011-05-09') },
  };
}

it('given a good program, when it is trained, then the run is an artefact and FINISHED, and a second attempt finds the same', async () => {
  const { done } = await trainWith(
    `echo started >> starts; test "$MLFLOW_RUN_ID $MLFLOW_TRACKING_URI" = "run-1 ${trackingUri}" && ${goodResult}`,
  );
  const { training, says } = await done;
  expect(says).toMatch(/^Trained in .* s: mae 30.5\.$/);
  expect(await artefacts.read<TrainingRun>('training-run', training)).toMatchObject({
    runId: 'run-1',
    modelUri: 'models:/m-1a2b',
    metrics: { mae: 30.5 },
    key,
  });
  expect(runs).toEqual(['{"mae":30.5}', 'FINISHED']);

  const again = await (
    await trainWith(`echo started >> starts; test "$MLFLOW_RUN_ID $MLFLOW_TRACKING_URI" = "run-1 ${trackingUri}" && ${goodResult}`)
  ).done;
  expect(again.training).toBe(training);
  expect(readFileSync(join(folder, 'starts'), 'utf8')).toBe('started\n');
});

it.each([
  ['is not there', 'no-such-program-anywhere', 'TrainingProgramMissing', 'not found'],
  ['fails', 'echo "KeyError: demand" >&2; exit 1', 'TrainingFailed', 'KeyError: demand'],
  ['writes no result', 'echo all done', 'TrainingResultMissing', 'all done'],
  ['writes half a result', writesResult('{"modelUri": "models:/m-1a2b", '), 'TrainingResultInvalid', 'not JSON'],
  ['tells a loss that is no number and ends', `echo '{"step": 3, "loss": NaN}'; ${goodResult}`, 'TrainingDiverged', 'step 3'],
  ['tells an infinite loss and goes on', `echo '{"step": 3, "loss": -Infinity}'; sleep 3600`, 'TrainingDiverged', 'step 3'],
])(
  'given a program that %s, when it is trained, then it fails for good, with a type and the words of its log',
  async (_, command, type, words) => {
    const { done } = await trainWith(command);
    const failure = await done.catch((error) => error);
    expect(failure).toMatchObject({ type, nonRetryable: true });
    expect(failure.message).toContain(words);
    expect(runs).toEqual(['FAILED']);
  },
);

it('given a program that never ends, when its time limit passes, then it fails for good and is ended', async () => {
  const { done, trainer } = await trainWith('sleep 3600', 1);
  await expect(done).rejects.toMatchObject({ type: 'TrainingTimeLimit', nonRetryable: true });
  expect(await trainer.status(key)).toMatchObject({ state: 'ended', why: 'time-limit' });
});

it('given a running program, when a person cancels, then it is stopped and its run KILLED', async () => {
  const { worker, done, trainer } = await trainWith('sleep 3600');
  const failure = done.catch((error) => error);
  await until(async () => ((await trainer.status(key)).state === 'running' ? true : undefined));
  worker.cancel('CANCELLED', new ActivityCancellationDetails({ cancelRequested: true }));
  expect((await failure).name).toBe('CancelledFailure');
  expect(await trainer.status(key)).toMatchObject({ state: 'ended', why: 'stopped' });
  expect(runs).toEqual(['KILLED']);
});

it('given five workers that shut down one after another, when a sixth comes, then the one program ends well', async () => {
  const command = `echo started >> starts; while [ ! -e go ]; do sleep 0.05; done; ${goodResult}`;
  for (let redeploy = 0; redeploy < 5; redeploy += 1) {
    const { worker, done, trainer } = await trainWith(command);
    const failure = done.catch((error) => error);
    await until(async () => ((await trainer.status(key)).state === 'running' ? true : undefined));
    worker.cancel('WORKER_SHUTDOWN', new ActivityCancellationDetails({ workerShutdown: true }));
    expect((await failure).name).toBe('CancelledFailure');
    expect((await trainer.status(key)).state).toBe('running');
  }
  writeFileSync(join(folder, 'go'), '');
  await (await trainWith(command)).done;
  expect(readFileSync(join(folder, 'starts'), 'utf8')).toBe('started\n');
  expect(runs).toEqual(['{"mae":30.5}', 'FINISHED']);
});

it('given a program lost with its launcher, when training goes on, then it is started once more; lost again, it fails for good', async () => {
  const { done, trainer } = await trainWith('echo started >> starts; sleep 3600');
  const failure = done.catch((error) => error);
  for (const attempt of [key, `${key}~2` as typeof key]) {
    await until(async () => ((await trainer.status(attempt)).state === 'running' ? true : undefined));
    const { claim } = launchFiles(join(stateRoot, 'runs', attempt.replaceAll('/', '__')));
    process.kill(JSON.parse(readFileSync(claim, 'utf8')).pid, 'SIGKILL');
  }
  expect(await failure).toMatchObject({ type: 'TrainingLost', nonRetryable: true });
  await trainer.stop(`${key}~2` as typeof key);
});
