import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { freePort, isPortFree } from '../../../adapters/process/free-port.ts';

it('given a free port, when it is looked at, then nobody listens there and no operating system hands it out by itself', async () => {
  const ports = await Promise.all(Array.from({ length: 20 }, freePort));
  for (const port of ports) {
    expect(port).toBeGreaterThanOrEqual(10_000);
    expect(port).toBeLessThan(30_000);
  }
});

it('given a port somebody listens on, when it is asked for, then it is not free until they are gone', async () => {
  const server = createServer();
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  expect(await isPortFree(port)).toBe(false);
  await new Promise((resolve) => server.close(resolve));
  expect(await isPortFree(port)).toBe(true);
});
