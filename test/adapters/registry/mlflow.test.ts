import { createServer, type RequestListener } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMlflowRegistry } from '../../../adapters/registry/mlflow/mlflow-registry.ts';
import type { EffectKey, ModelName, Version } from '../../../domain/identity/names.ts';
import { RegistryRefusal } from '../../../domain/registry/registry-refusal.ts';
import { keepsTheRegistryContract } from '../../contracts/registry.contract.ts';
import { logLinearModel, type MlflowServer, mlflowBin, startMlflow, whyNoMlflow } from '../../servers/mlflow.ts';

const model = 'bike-demand' as ModelName;
const key = '2011-04-18T00:00:00.000Z-0123456789ab/register' as EffectKey;
const anonymous = async () => undefined;

describe.skipIf(mlflowBin() === undefined)(`MLflow (skipped when ${whyNoMlflow})`, () => {
  let server: MlflowServer;
  beforeAll(async () => {
    server = await startMlflow();
  }, 130_000);
  afterAll(() => server?.stop());

  const registry = () => createMlflowRegistry({ trackingUri: server.trackingUri, authorization: anonymous });

  keepsTheRegistryContract('MLflow', () => ({
    registry: registry(),
    logModel: async (runId) => (await loggedModel(server, runId)).uri,
    readRun: async (runId) => {
      const run = await runOf(server, runId);
      const folder = run.info.artifact_uri.replace('mlflow-artifacts:/', '');
      return {
        status: run.info.status,
        metrics: Object.fromEntries((run.data.metrics ?? []).map(({ key, value }) => [key, value])),
        artifact: async (path) =>
          (await fetch(`${server.trackingUri}/api/2.0/mlflow-artifacts/artifacts/${folder}/${encodeURIComponent(path)}`)).text(),
      };
    },
  }));

  it('given a model logged by a real program under runs:/, when it is registered, then the version points to the logged model', async () => {
    const runId = await registry().ensureRun(model, key, {});
    const { modelUri } = await logLinearModel(server, runId);
    const version = await registry().register({ model, key, runId, source: `runs:/${runId}/model`, tags: {} });
    expect(await registry().find(model, version)).toMatchObject({ source: modelUri, runId });
  }, 300_000);

  it('given a server whose answer to create is lost, when registering, then the version that landed is found and no second made', async () => {
    const runId = await registry().ensureRun(model, 'lost/train' as EffectKey, {});
    const { uri } = await loggedModel(server, runId);
    let creates = 0;
    const proxy = await listen(async (request, response) => {
      const answer = await forward(server.trackingUri, request);
      if (request.url?.endsWith('model-versions/create')) {
        creates += 1;
        response.destroy();
      } else {
        response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text());
      }
    });
    const shaky = createMlflowRegistry({ trackingUri: proxy.url, authorization: anonymous });
    const candidate = { model: 'lost-answer' as ModelName, key, runId, source: uri, tags: {} };
    expect(await shaky.register(candidate)).toBe('1');
    expect(await shaky.register(candidate)).toBe('1');
    expect(creates).toBe(1);
    expect(await registry().find(candidate.model, '2' as Version)).toBeUndefined();
    await proxy.close();
  });

  it('given a duplicate version, when the key is registered, then the lowest is the version and the other says whose duplicate it is', async () => {
    const runId = await registry().ensureRun(model, 'twice/train' as EffectKey, {});
    const { uri, id } = await loggedModel(server, runId);
    const candidate = { model: 'twice' as ModelName, key, runId, source: uri, tags: {} };
    const proxy = await listen(async (request, response) => {
      const isCreate = request.url?.endsWith('model-versions/create') === true;
      if (isCreate)
        await create(server, { name: 'twice', source: uri, run_id: runId, model_id: id, tags: [{ key: 'anchorwatch.key', value: key }] });
      const answer = await forward(server.trackingUri, request);
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text());
    });
    expect(await createMlflowRegistry({ trackingUri: proxy.url, authorization: anonymous }).register(candidate)).toBe('1');
    expect((await registry().find(candidate.model, '2' as Version))?.tags['anchorwatch.duplicate-of']).toBe('1');
    await proxy.close();
  });
});

describe('an MLflow that does not do as it should', () => {
  const against = async (listener: RequestListener, authorization: () => Promise<string | undefined> = anonymous) => {
    const { url, close } = await listen(listener);
    return { registry: createMlflowRegistry({ trackingUri: url, authorization }), close };
  };

  it('given no server, when it is asked, then the fault is no refusal and names the address', async () => {
    const { url, close } = await listen(() => {});
    await close();
    const asked = createMlflowRegistry({ trackingUri: url, authorization: anonymous }).aliases(model);
    await expect(asked).rejects.toThrow(url);
    await expect(asked).rejects.not.toBeInstanceOf(RegistryRefusal);
  });

  it.each([
    [500, '{"error_code":"INTERNAL_ERROR","message":"giving up after 3 attempts"}'],
    [429, '{"error_code":"REQUEST_LIMIT_EXCEEDED","message":"slow down"}'],
    [401, 'You are not authenticated'],
    [404, '<!doctype html><h1>Not Found</h1>'],
    [502, '<html>bad gateway</html>'],
  ])('given status %i, when it is asked, then work may wait: it is no refusal', async (status, body) => {
    const { registry, close } = await against((_, response) => response.writeHead(status).end(body));
    const asked = registry.aliases(model);
    await expect(asked).rejects.toThrow(String(status));
    await expect(asked).rejects.not.toBeInstanceOf(RegistryRefusal);
    await close();
  });

  it('given a no in MLflow’s own terms, when it is asked, then it is a refusal with its code', async () => {
    const { registry, close } = await against((_, response) =>
      response.writeHead(400).end('{"error_code":"INVALID_PARAMETER_VALUE","message":"no such thing"}'),
    );
    await expect(registry.endRun('r', 'FAILED')).rejects.toMatchObject({ name: 'RegistryRefusal', code: 'INVALID_PARAMETER_VALUE' });
    await close();
  });

  it('given an answer of another shape, when it is read, then the field is named', async () => {
    const { registry, close } = await against((_, response) => response.end('{"registered_model":{"aliases":"none"}}'));
    await expect(registry.aliases(model)).rejects.toThrow('registered_model.aliases');
    await close();
  });

  it('given credentials, when requests are sent, then each carries what is resolved at that moment', async () => {
    const seen: (string | undefined)[] = [];
    let secret = 0;
    const { registry, close } = await against(
      (request, response) => {
        seen.push(request.headers.authorization);
        response.end('{"registered_model":{}}');
      },
      async () => {
        secret += 1;
        return `Bearer ${secret}`;
      },
    );
    await registry.aliases(model);
    await registry.aliases(model);
    expect(seen).toEqual(['Bearer 1', 'Bearer 2']);
    await close();
  });
});

interface RunAnswer {
  readonly info: { readonly status: string; readonly experiment_id: string; readonly artifact_uri: string };
  readonly data: { readonly metrics?: readonly { readonly key: string; readonly value: number }[] };
}

async function runOf(server: MlflowServer, runId: string): Promise<RunAnswer> {
  const response = await fetch(`${server.trackingUri}/api/2.0/mlflow/runs/get?run_id=${runId}`);
  return ((await response.json()) as { run: RunAnswer }).run;
}

/** A logged model without the seconds a Python program takes: the registry looks at its record only. */
async function loggedModel(server: MlflowServer, runId: string): Promise<{ uri: string; id: string }> {
  const answer = await fetch(`${server.trackingUri}/api/2.0/mlflow/logged-models`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ experiment_id: (await runOf(server, runId)).info.experiment_id, name: 'model', source_run_id: runId }),
  });
  const { model } = (await answer.json()) as { model: { info: { model_id: string } } };
  const id = model.info.model_id;
  return { uri: `models:/${id}`, id };
}

async function create(server: MlflowServer, body: object): Promise<void> {
  await fetch(`${server.trackingUri}/api/2.0/mlflow/model-versions/create`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

async function forward(to: string, request: Parameters<RequestListener>[0]): Promise<Response> {
  const body = Buffer.concat(await request.toArray());
  const method = request.method as string;
  const headers = { 'content-type': 'application/json' };
  return fetch(`${to}${request.url}`, { method, headers, ...(method === 'GET' ? {} : { body }) });
}

async function listen(listener: RequestListener): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
