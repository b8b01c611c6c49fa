import { createServer } from 'node:http';
import { expect, it, onTestFinished } from 'vitest';
import { createEndpointServing } from '../../../adapters/serving/endpoint/endpoint-serving.ts';
import type { ModelName, Version } from '../../../domain/identity/names.ts';
import { keepsTheServingContract } from '../../contracts/serving.contract.ts';
import { emptyFolder } from '../../empty-folder.ts';

/** Endpoints of somebody else that know only POST. */
async function endpoints(): Promise<string> {
  const server = createServer((request, answer) => answer.writeHead(request.method === 'POST' ? 200 : 405).end('{}'));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as { port: number }).port}/{model}/v{version}`;
}

keepsTheServingContract('endpoint', async () => createEndpointServing({ stateRoot: emptyFolder(), urlTemplate: await endpoints() }));

it('given nothing answers yet, when a version is ensured, then it is told what to deploy where, to be asked for again', async () => {
  const serving = createEndpointServing({ stateRoot: emptyFolder(), urlTemplate: 'http://127.0.0.1:9/{model}/v{version}' });
  const asked = serving.ensure('bike-demand' as ModelName, '3' as Version);
  await expect(asked).rejects.toThrow('Nothing answers at http://127.0.0.1:9/bike-demand/v3: deploy version 3 of bike-demand there.');
});
