import { z } from 'zod';
import { readRoutingTable } from '../../../domain/traffic/read-routing-table.ts';
import type { Router } from '../../../domain/traffic/router.port.ts';
import type { RoutingTable } from '../../../domain/traffic/routing-table.ts';
import { call, type GatewayAddress, unexpected } from './call.ts';

const replaced = z.object({ outcome: z.enum(['written', 'stale', 'held']) });

/** Our own gateway as a router, over its administration. */
export function createGatewayRouter(address: GatewayAddress): Router {
  return {
    async read(model) {
      const answer = await call(address, 'GET', `models/${model}/table`);
      if (answer.status === 404) return undefined;
      const table = readRoutingTable(answer.body);
      if (answer.status !== 200 || !table.ok) throw unexpected(address.url, `reading the table of ${model}`, answer);
      return table.value;
    },

    async replace(table: RoutingTable, expectedEpoch) {
      const answer = await call(address, 'PUT', `models/${table.model}/table`, { table, expectedEpoch });
      const outcome = replaced.safeParse(answer.body);
      if (!outcome.success) throw unexpected(address.url, `writing the table of ${table.model}`, answer);
      return outcome.data.outcome;
    },
  };
}
