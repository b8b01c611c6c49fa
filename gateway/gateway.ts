import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { refuse, send } from './answer.ts';
import { type Counters, createCounters } from './counters.ts';
import { wallTime } from './event-clock.ts';
import { createForwarder } from './forward.ts';
import { createRecordLogs, type RecordLogs } from './record-logs.ts';
import { type GatewayParts, routeRequest } from './route-request.ts';
import { openRoutingTables, type RoutingTables } from './routing-tables.ts';

export interface GatewayOptions {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** Absolute path; the gateway writes below its folder `gateway`. */
  readonly stateRoot: string;
  readonly upstreamTimeoutMilliseconds: number;
}

export interface Gateway {
  readonly url: string;
  /** Ends requests under way, seals what is open, stops. */
  close(): Promise<void>;
}

const flushMilliseconds = 100;
const sealMilliseconds = 300_000;

/** Starts the data path: mends what a crash left, then listens. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const folder = join(options.stateRoot, 'gateway');
  const counters = createCounters();
  const tables = await openRoutingTables(join(folder, 'routes'));
  const logs = createRecordLogs(folder, counters);
  for (const model of tables.models()) await logs.open(model);
  const forwarder = createForwarder(options.upstreamTimeoutMilliseconds);
  const server = createHttpServer({ tables, logs, counters, forwarder });
  const port = await listen(server, options);

  const flushing = repeat(flushMilliseconds, () => Promise.all(logs.all().map(([, log]) => log.flush())));
  const sealing = repeat(sealMilliseconds, () => sealAll(tables, logs, counters, 'live only'));
  return {
    url: `http://${options.host}:${port}`,
    async close() {
      await closeServer(server);
      clearInterval(flushing);
      clearInterval(sealing);
      await sealAll(tables, logs, counters, 'all');
      await forwarder.close();
    },
  };
}

function createHttpServer(parts: GatewayParts): Server {
  return createServer((request, response) => {
    routeRequest(request, parts).then(
      (answer) => send(response, answer),
      (error: Error) => send(response, refuse(500, `The gateway could not do this: ${error.message}.`)),
    );
  });
}

async function listen(server: Server, { host, port }: GatewayOptions): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return (server.address() as AddressInfo).port;
}

async function closeServer(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  await closed;
}

/** Time passes in live models by itself; in a replay only when it is told to. */
async function sealAll(tables: RoutingTables, logs: RecordLogs, counters: Counters, which: 'live only' | 'all'): Promise<void> {
  for (const [model, log] of logs.all()) {
    const isLive = tables.get(model)?.replay === false;
    if (!isLive && which === 'live only') continue;
    await log.seal(isLive ? wallTime() : undefined).catch(() => counters.count(model, 'failedWrites'));
  }
}

/** Again and again, never twice at once. */
function repeat(milliseconds: number, act: () => Promise<unknown>): NodeJS.Timeout {
  let busy = false;
  return setInterval(async () => {
    if (busy) return;
    busy = true;
    await act();
    busy = false;
  }, milliseconds);
}
