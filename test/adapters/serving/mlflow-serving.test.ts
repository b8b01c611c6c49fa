import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { groupMembers } from '../../../adapters/process/group-members.ts';
import { type LaunchClaim, launchFiles } from '../../../adapters/process/launch/launch-files.ts';
import { createMlflowRegistry } from '../../../adapters/registry/mlflow/mlflow-registry.ts';
import { createMlflowServing } from '../../../adapters/serving/mlflow/mlflow-serving.ts';
import type { EffectKey, ModelName, Version } from '../../../domain/identity/names.ts';
import { keepsTheServingContract } from '../../contracts/serving.contract.ts';
import { emptyFolder } from '../../empty-folder.ts';
import { logLinearModel, type MlflowServer, mlflowBin, startMlflow, whyNoMlflow } from '../../servers/mlflow.ts';
import { until } from '../../until.ts';

const [model, version] = ['bike-demand' as ModelName, '1' as Version];

/** A program in place of `mlflow models serve`: quick to start, with the same address. */
const quick = `'${process.execPath}' -e 'require("http").createServer((_, answer) => answer.end("ok")).listen({port}, "127.0.0.1")'`;

/** Where the processes would get their models. */
let registry: Server;
beforeAll(async () => {
  registry = createServer((_, answer) => answer.end('ok'));
  await new Promise<void>((listening) => registry.listen(0, '127.0.0.1', listening));
});
afterAll(() => registry.close());

function servingOn(stateRoot: string, command = quick, startTimeoutSeconds = 30) {
  const trackingUri = `http://127.0.0.1:${(registry.address() as { port: number }).port}`;
  const serving = createMlflowServing({ stateRoot, trackingUri, command, startTimeoutSeconds });
  onTestFinished(() => serving.suspend());
  return serving;
}

const claimOf = (stateRoot: string, start: number) => {
  const path = launchFiles(join(stateRoot, 'serving', 'bike-demand-1', String(start))).claim;
  return JSON.parse(readFileSync(path, 'utf8')) as LaunchClaim;
};

keepsTheServingContract('mlflow, with a quick program', async () => servingOn(emptyFolder()));

it('given a live server, when another worker ensures it, then it is adopted', async () => {
  const stateRoot = emptyFolder();
  const first = await servingOn(stateRoot).ensure(model, version);
  const before = claimOf(stateRoot, 1);
  expect(await servingOn(stateRoot).ensure(model, version)).toEqual(first);
  expect(claimOf(stateRoot, 1)).toEqual(before);
});

it('given a server that died, when it is ensured, then it is started again on its port', async () => {
  const stateRoot = emptyFolder();
  const serving = servingOn(stateRoot);
  const first = await serving.ensure(model, version);
  const claim = claimOf(stateRoot, 1);
  for (const pid of groupMembers(claim)) process.kill(pid, 'SIGKILL');
  await until(() => (groupMembers(claim).length === 0 ? true : undefined));
  expect(await serving.list()).toMatchObject([{ healthy: false }]);
  expect(await serving.ensure(model, version)).toEqual(first);
});

it('given a server that died and another on its port, when it is ensured, then it gets another port', async () => {
  const stateRoot = emptyFolder();
  const serving = servingOn(stateRoot);
  const first = await serving.ensure(model, version);
  await serving.suspend();
  const squatter = createServer((_, answer) => answer.writeHead(500).end());
  await new Promise<void>((listening) => squatter.listen(Number(new URL(first.url).port), '127.0.0.1', listening));
  onTestFinished(() => void squatter.close());
  const second = await serving.ensure(model, version);
  expect(second.healthy).toBe(true);
  expect(second.url).not.toBe(first.url);
});

it('given a stack that went down, when it comes up, then what was recorded is served again, and what was stopped is not', async () => {
  const stateRoot = emptyFolder();
  const serving = servingOn(stateRoot);
  await serving.ensure(model, version);
  await serving.ensure(model, '2' as Version);
  await serving.stop(model, '2' as Version);
  await serving.suspend();
  expect(groupMembers(claimOf(stateRoot, 1))).toEqual([]);
  expect(await servingOn(stateRoot).resume()).toMatchObject([{ key: 'bike-demand/1', healthy: true }]);
});

it('given servers that copy their model to temporary files, when one dies, is started again and is stopped, then no copy is left', async () => {
  const stateRoot = emptyFolder();
  const serving = servingOn(stateRoot, `echo a-model > "$(mktemp)" && exec ${quick}`);
  const copies = () => readdirSync(join(stateRoot, 'serving'), { recursive: true }).filter((path) => /tmp\/./.test(String(path)));
  await serving.ensure(model, version);
  expect(copies()).toHaveLength(1);
  const claim = claimOf(stateRoot, 1);
  for (const pid of groupMembers(claim)) process.kill(pid, 'SIGKILL');
  await until(() => (groupMembers(claim).length === 0 ? true : undefined));
  await serving.ensure(model, version);
  expect(copies()).toHaveLength(1);
  await serving.stop(model, version);
  expect(copies()).toEqual([]);
});

it('given nothing was said of OpenMP, when a server starts, then its idle threads give way', async () => {
  const serving = servingOn(emptyFolder(), `test "$OMP_WAIT_POLICY" = PASSIVE && exec ${quick}`);
  expect(await serving.ensure(model, version)).toMatchObject({ healthy: true });
});

it('given a model that cannot be loaded, when it is served, then it fails with the last lines of the log', async () => {
  const serving = servingOn(emptyFolder(), 'echo "No module named lightgbm"; exit 1');
  await expect(serving.ensure(model, version)).rejects.toMatchObject({ name: 'ServingFailed', logTail: ['No module named lightgbm'] });
});

it('given a program that runs and never answers, when the time is over, then it fails and is ended', async () => {
  const stateRoot = emptyFolder();
  await expect(servingOn(stateRoot, 'sleep 3600', 1).ensure(model, version)).rejects.toMatchObject({ name: 'ServingFailed' });
  expect(groupMembers(claimOf(stateRoot, 1))).toEqual([]);
});

it('given MLflow is away, when a server ends for want of it, then it is no fault of the model: it may be tried again', async () => {
  const serving = createMlflowServing({ stateRoot: emptyFolder(), trackingUri: 'http://127.0.0.1:9', command: 'exit 1' });
  await expect(serving.ensure(model, version)).rejects.toMatchObject({
    name: 'Error',
    message: expect.stringContaining('MLflow does not answer'),
  });
});

describe.skipIf(mlflowBin() === undefined)(`with a real MLflow server (else skipped: ${whyNoMlflow})`, { timeout: 180_000 }, () => {
  let mlflow: MlflowServer;
  beforeAll(async () => {
    mlflow = await startMlflow();
  });
  afterAll(() => mlflow.stop());

  it('given a registered version, when it is served, then it answers MLflow scoring requests', async () => {
    const { modelUri, runId } = await logLinearModel(mlflow);
    const versions = createMlflowRegistry({ trackingUri: mlflow.trackingUri, authorization: async () => undefined });
    const registered = await versions.register({ model, key: 'd/register' as EffectKey, runId, source: modelUri, tags: {} });
    const serving = createMlflowServing({ stateRoot: emptyFolder(), trackingUri: mlflow.trackingUri, pathPrefix: mlflow.bin });
    onTestFinished(() => serving.suspend());

    const { url } = await serving.ensure(model, registered);
    const body = JSON.stringify({ dataframe_split: { columns: ['a', 'b'], data: [[2, 3]] } });
    const answer = await fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
    const { predictions } = (await answer.json()) as { predictions: number[] };
    expect(predictions[0]).toBeCloseTo(7, 6);
  });
});
