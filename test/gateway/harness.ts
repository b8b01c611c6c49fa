import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createGatewayAdmin } from '../../adapters/router/gateway/admin.ts';
import { createGatewayRouter } from '../../adapters/router/gateway/router.ts';
import { type GatewayOptions, startGateway } from '../../gateway/gateway.ts';
import { model } from './table.ts';
import { startUpstream } from './upstream.ts';

/** A gateway with two model servers behind it: version 1 predicts 1, version 2 predicts 2. All end with the test. */
export async function openGateway(changes: Partial<GatewayOptions> = {}) {
  const stateRoot = changes.stateRoot ?? (await temporaryFolder());
  const [champion, candidate] = [await startUpstream(1), await startUpstream(2)];
  const gateway = await startGateway({ host: '127.0.0.1', port: 0, stateRoot, upstreamTimeoutMilliseconds: 5_000, ...changes });
  onTestFinished(async () => {
    await champion.close();
    await candidate.close();
    await gateway.close();
  });
  const { url } = gateway;
  return {
    gateway,
    stateRoot,
    champion,
    candidate,
    urls: { champion: champion.url, candidate: candidate.url },
    router: createGatewayRouter({ url }),
    admin: createGatewayAdmin({ url }),
    predict: (body: unknown) => post(`${url}/models/${model}/predict`, body),
    report: (body: unknown) => post(`${url}/models/${model}/outcomes`, body),
  };
}

/** An empty folder that ends with the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'anchorwatch-gateway-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export async function post(url: string, body: unknown) {
  const response = await fetch(url, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

/** All sealed records of one kind, in the order of their segments. */
export async function sealedRecords(stateRoot: string, kind: 'predictions' | 'outcomes'): Promise<Record<string, unknown>[]> {
  const folder = join(stateRoot, 'gateway', model, kind);
  const texts = await Promise.all((await readdir(folder)).sort().map((name) => readFile(join(folder, name), 'utf8')));
  return texts.flatMap((text) => text.trimEnd().split('\n')).map((line) => JSON.parse(line));
}
