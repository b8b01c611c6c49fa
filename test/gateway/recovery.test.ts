import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it, onTestFinished } from 'vitest';
import { createGatewayAdmin } from '../../adapters/router/gateway/admin.ts';
import { createGatewayRouter } from '../../adapters/router/gateway/router.ts';
import { openGateway, post, sealedRecords, temporaryFolder } from './harness.ts';
import { model, tableWith } from './table.ts';
import { startUpstream } from './upstream.ts';

const time = (minute: number) => `2011-04-17T20:${String(minute).padStart(2, '0')}:00.000Z`;

async function startProcess(stateRoot: string): Promise<{ process: ChildProcess; url: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'gateway/main.ts', '--port', '0', '--state', stateRoot], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return { process: child, url: line.replace('gateway listening on ', '') };
}

async function openFiles(stateRoot: string): Promise<string[]> {
  return await readdir(join(stateRoot, 'gateway', model, 'open'));
}

async function linesOnDisk(stateRoot: string): Promise<number> {
  const texts = (await openFiles(stateRoot)).map((name) => readFile(join(stateRoot, 'gateway', model, 'open', name), 'utf8'));
  return (await Promise.all(texts)).join('').split('\n').length - 1;
}

it('given records on disk, when the gateway is killed and starts again, then they are sealed, a half line is cut off and counted, the table stands', async () => {
  const stateRoot = await temporaryFolder();
  const upstream = await startUpstream(1);
  onTestFinished(() => upstream.close());
  const first = await startProcess(stateRoot);
  const table = tableWith(0, { champion: upstream.url, candidate: upstream.url }, { replay: true });
  await createGatewayRouter({ url: first.url }).replace(table, 0);
  for (const minute of [1, 2, 3])
    await post(`${first.url}/models/${model}/predict`, { id: `${minute}`, time: time(minute), features: { hr: 1 } });
  await expect.poll(() => linesOnDisk(stateRoot), { timeout: 20_000 }).toBe(3);
  first.process.kill('SIGKILL');
  await once(first.process, 'exit');
  const [open] = await openFiles(stateRoot);
  await appendFile(join(stateRoot, 'gateway', model, 'open', open as string), '{"id":"4","mod');

  const second = await startProcess(stateRoot);
  expect(await openFiles(stateRoot)).toEqual([]);
  expect((await sealedRecords(stateRoot, 'predictions')).map(({ id }) => id)).toEqual(['1', '2', '3']);
  expect((await createGatewayAdmin({ url: second.url }).counters())[model]?.torn).toBe(1);
  expect(await createGatewayRouter({ url: second.url }).read(model)).toEqual(table);
  expect(await createGatewayAdmin({ url: second.url }).seal(model)).toEqual({ sealed: [], watermark: time(3) });
});

it('given records in memory, when the gateway gets SIGTERM, then it ends with 0 and everything is sealed', async () => {
  const stateRoot = await temporaryFolder();
  const upstream = await startUpstream(1);
  onTestFinished(() => upstream.close());
  const gateway = await startProcess(stateRoot);
  await createGatewayRouter({ url: gateway.url }).replace(tableWith(0, { champion: upstream.url, candidate: upstream.url }), 0);
  await post(`${gateway.url}/models/${model}/predict`, { id: 'a', features: { hr: 1 } });
  gateway.process.kill('SIGTERM');
  expect(await once(gateway.process, 'exit')).toEqual([0, null]);
  expect(await sealedRecords(stateRoot, 'predictions')).toMatchObject([{ id: 'a' }]);
});

it('given a stored table that is damaged, when the gateway starts, then it says which file and does not start', async () => {
  const { stateRoot, gateway, router, urls } = await openGateway();
  await router.replace(tableWith(0, urls), 0);
  await gateway.close();
  await appendFile(join(stateRoot, 'gateway', 'routes', `${model}.json`), 'x');
  await expect(openGateway({ stateRoot })).rejects.toThrow(/routes\/bike\.json is no routing table/);
});
