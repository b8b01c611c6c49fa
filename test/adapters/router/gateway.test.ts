import { expect, it } from 'vitest';
import { createGatewayRouter } from '../../../adapters/router/gateway/router.ts';
import { keepsTheRouterContract } from '../../contracts/router.contract.ts';
import { openGateway } from '../../gateway/harness.ts';
import { model } from '../../gateway/table.ts';

keepsTheRouterContract('the gateway', async () => (await openGateway()).router);

it('given no gateway, when a table is read, then the error names the address and the remedy', async () => {
  const router = createGatewayRouter({ url: 'http://127.0.0.1:9' });
  await expect(router.read(model)).rejects.toThrow(/http:\/\/127.0.0.1:9 did not answer .*anchorwatch doctor/);
});
