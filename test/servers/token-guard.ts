import { once } from 'node:events';
import { request as ask, createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface TokenGuard {
  readonly url: string;
  /** How often somebody came without the token. */
  readonly turnedAway: () => number;
  /** How often somebody came with it. */
  readonly letIn: () => number;
  close(): Promise<void>;
}

/** A reverse proxy that lets nothing through without the bearer token: how MLflow is commonly kept. */
export async function startTokenGuard(upstream: string, token: string): Promise<TokenGuard> {
  let turnedAway = 0;
  let letIn = 0;
  const server = createServer((request, response) => {
    if (request.headers.authorization !== `Bearer ${token}`) {
      turnedAway += 1;
      request.resume();
      response.writeHead(401, { 'content-type': 'application/json' }).end('{"error_code":"UNAUTHENTICATED","message":"no token"}');
      return;
    }
    letIn += 1;
    passOn(upstream, request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    turnedAway: () => turnedAway,
    letIn: () => letIn,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function passOn(upstream: string, request: IncomingMessage, response: ServerResponse): void {
  const { host: _host, authorization: _authorization, ...headers } = request.headers;
  const onward = ask(`${upstream}${request.url}`, { method: request.method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.on('error', () => (response.headersSent ? response.destroy() : response.writeHead(502).end()));
  request.pipe(onward);
}
