import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Webhook {
  /** Its path is a secret, as with real ones. */
  readonly url: string;
  /** Bodies of the messages it took, oldest first. */
  readonly messages: readonly unknown[];
  close(): Promise<void>;
}

/**
 * Receives what people are told, over HTTP.
 *
 * @param secret last part of the path; on any other path nothing is taken
 * @param refusals how many messages are answered with 503 before one is taken
 */
export async function startWebhook(secret: string, refusals = 0): Promise<Webhook> {
  const messages: unknown[] = [];
  let toRefuse = refusals;
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
    request.on('end', () => {
      const isOurs = request.url === `/hooks/${secret}` && request.method === 'POST';
      const status = !isOurs ? 404 : toRefuse-- > 0 ? 503 : 200;
      if (status === 200) messages.push(JSON.parse(text));
      response.writeHead(status).end();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/${secret}`,
    messages,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
