import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent, request } from 'undici';
import { createGatewayAdmin } from '../adapters/router/gateway/admin.ts';
import { createGatewayRouter } from '../adapters/router/gateway/router.ts';
import type { DecisionId, EffectKey, ModelName, Version } from '../domain/identity/names.ts';
import { startGateway } from '../gateway/gateway.ts';

const connections = 32;
const seconds = 5;
const model = 'bench' as ModelName;
const features = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`feature_${index}`, index / 7]));

/**
 * Requests a second through the gateway with a 5% candidate and everything recorded, and what the upstream alone gives. Load
 * generator, upstream and gateway share this process, so the figures are lower ends.
 */
async function main(): Promise<void> {
  const upstream = createServer((incoming, response) => {
    incoming.resume().on('end', () => response.end('{"predictions": [1]}'));
  });
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}/invocations`;
  const stateRoot = await mkdtemp(join(tmpdir(), 'anchorwatch-bench-'));
  const gateway = await startGateway({ host: '127.0.0.1', port: 0, stateRoot, upstreamTimeoutMilliseconds: 5_000 });
  const arm = (name: 'champion' | 'candidate', version: string, share: number) => ({ arm: name, version: version as Version, url, share });
  const table = {
    model,
    epoch: 1,
    rollout: 'bench' as DecisionId,
    arms: [arm('champion', '1', 0.95), arm('candidate', '2', 0.05)],
    replay: false,
    writtenBy: 'bench/open' as EffectKey,
  };
  await createGatewayRouter({ url: gateway.url }).replace(table, 0);

  console.log('upstream alone', await measure(url));
  console.log('through the gateway', await measure(`${gateway.url}/models/${model}/predict`));
  console.log('dropped records', (await createGatewayAdmin({ url: gateway.url }).counters())[model]?.dropped);
  upstream.closeAllConnections();
  upstream.close();
  await gateway.close();
  await rm(stateRoot, { recursive: true });
}

async function measure(url: string): Promise<string> {
  const agent = new Agent({ connections });
  const latencies: number[] = [];
  const ends = performance.now() + seconds * 1000;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (performance.now() < ends) {
        const began = performance.now();
        const { body } = await request(url, { dispatcher: agent, method: 'POST', body: JSON.stringify({ features }) });
        await body.text();
        latencies.push(performance.now() - began);
      }
    }),
  );
  await agent.destroy();
  latencies.sort((a, b) => a - b);
  const at = (share: number) => (latencies[Math.floor(share * latencies.length)] as number).toFixed(1);
  return `${Math.round(latencies.length / seconds)} requests/s, p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`;
}

await main();
