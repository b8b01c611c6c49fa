import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How a tiny model server answers each row. */
export type Manner = 'well' | 'with-400' | 'without-prediction' | 'never' | ((features: Record<string, unknown>) => unknown);

export interface Upstream {
  readonly url: string;
  behave(manner: Manner): void;
  close(): Promise<void>;
}

/** A real HTTP server that speaks MLflow's scoring protocol and predicts `value` for every row. */
export async function startUpstream(value: number): Promise<Upstream> {
  let manner: Manner = 'well';
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (manner === 'never') return;
    if (manner === 'with-400') return response.writeHead(400).end('{"error_code":"BAD_REQUEST","message":"…"}');
    if (manner === 'without-prediction') return response.end('{"predictions": [NaN]}');
    const { columns, data } = JSON.parse(Buffer.concat(chunks).toString()).dataframe_split;
    const features = Object.fromEntries(columns.map((name: string, index: number) => [name, data[0][index]]));
    return response.end(JSON.stringify({ predictions: [typeof manner === 'function' ? manner(features) : value] }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/invocations`,
    behave(next) {
      manner = next;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
