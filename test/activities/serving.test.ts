import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ActivityCancellationDetails } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { expect, it, onTestFinished } from 'vitest';
import { createServingActivities } from '../../activities/serving.ts';
import { createMlflowServing } from '../../adapters/serving/mlflow/mlflow-serving.ts';
import type { ModelName, Version } from '../../domain/identity/names.ts';
import { emptyFolder } from '../empty-folder.ts';
import { until } from '../until.ts';

const order = { model: 'bike-demand' as ModelName, version: '4' as Version };

/** Activities that serve with a shell command, while MLflow can be reached. */
async function activitiesServingBy(command: string) {
  const mlflow = createServer((_, answer) => answer.end());
  await new Promise<void>((listening) => mlflow.listen(0, '127.0.0.1', listening));
  const trackingUri = `http://127.0.0.1:${(mlflow.address() as AddressInfo).port}`;
  const serving = createMlflowServing({ stateRoot: emptyFolder(), trackingUri, command });
  onTestFinished(async () => {
    await serving.suspend();
    mlflow.close();
  });
  return createServingActivities({ serving });
}

it('given a version that answers, when it is served and stopped, then its address is told and it is gone', async () => {
  const server = `'${process.execPath}' -e 'require("http").createServer((_, answer) => answer.end()).listen({port}, "127.0.0.1")'`;
  const { serve, stopServing, listServed } = await activitiesServingBy(server);
  const { url, says } = (await new MockActivityEnvironment().run(serve, order)) as Awaited<ReturnType<typeof serve>>;
  expect(says).toBe(`Version 4 of bike-demand answers at ${url}.`);
  await new MockActivityEnvironment().run(stopServing, order);
  expect(await listServed()).toEqual([]);
});

it('given a version that cannot be loaded, when it is served, then it fails for good with the last lines of its log', async () => {
  const { serve } = await activitiesServingBy('echo "No module named lightgbm"; exit 1');
  const failure = (await new MockActivityEnvironment().run(serve, order).catch((error) => error)) as Error;
  expect(failure).toMatchObject({ type: 'ServingFailed', nonRetryable: true });
  expect(failure.message).toContain('No module named lightgbm');
});

it('given a version that takes long, when the wait is cancelled, then the wait ends and the server is left to be stopped', async () => {
  const { serve, listServed } = await activitiesServingBy('sleep 3600');
  const worker = new MockActivityEnvironment();
  let beats = 0;
  worker.on('heartbeat', () => {
    beats += 1;
  });
  const failure = worker.run(serve, order).catch((error) => error) as Promise<Error>;
  await until(() => (beats > 0 ? true : undefined));
  worker.cancel('CANCELLED', new ActivityCancellationDetails({ cancelRequested: true }));
  expect((await failure).name).toBe('CancelledFailure');
  expect(await listServed()).toMatchObject([{ key: 'bike-demand/4', healthy: false }]);
});
