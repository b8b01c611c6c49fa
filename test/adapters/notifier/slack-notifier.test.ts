import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { createSlackNotifier } from '../../../adapters/notifier/slack/slack-notifier.ts';
import type { SecretName } from '../../../domain/policy/policy.ts';
import { alarm, keepsTheNotifierContract } from '../../contracts/notifier.contract.ts';

const to = 'env:SLACK' as SecretName;
const secret = 'T0-CANARY';
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function receiver(answer: (request: IncomingMessage, response: ServerResponse, body: string) => void): Promise<string> {
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    answer(request, response, body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/services/${secret}`;
}

keepsTheNotifierContract('the Slack webhook', async () => {
  const received: string[] = [];
  let takes = true;
  const address = await receiver((request, response, body) => {
    const isMessage = request.method === 'POST' && request.headers['content-type'] === 'application/json';
    if (isMessage && takes) received.push(JSON.parse(body).text);
    response.writeHead(isMessage && takes ? 200 : 403).end('no_service');
  });
  return {
    notifier: createSlackNotifier(() => address),
    to,
    received: () => received,
    refuse: () => {
      takes = false;
    },
    secret,
  };
});

const failure = (address: string, timeout?: number) =>
  createSlackNotifier(() => address, timeout)
    .send(to, alarm)
    .then(
      () => 'sent',
      (error: Error) => error.message,
    );

it('given a status that is no success, when it is sent, then the status is told', async () => {
  const address = await receiver((_, response) => response.writeHead(429).end());
  expect(await failure(address)).toBe(
    'The receiver of env:SLACK answered 429 to notification d/notify. Check the webhook; it is tried again.',
  );
});

it('given a redirect, when it is sent, then it is not followed', async () => {
  const elsewhere: string[] = [];
  const other = await receiver((_, response, body) => {
    elsewhere.push(body);
    response.end();
  });
  const address = await receiver((_, response) => response.writeHead(307, { location: other }).end());
  expect(await failure(address)).toContain('answered 307');
  expect(elsewhere).toEqual([]);
});

it('given a receiver that never answers, when the time is over, then that is told', async () => {
  const address = await receiver(() => {});
  expect(await failure(address, 50)).toContain('no answer in time');
});

it('given nobody listening, or no address at all, when it is sent, then the fault is told without the address', async () => {
  const address = await receiver(() => {});
  for (const close of closing.splice(0)) close();
  expect(await failure(address)).toContain('ECONNREFUSED');
  expect(await failure(`not an address ${secret}`)).toBe(
    'Notification d/notify did not reach env:SLACK: ERR_INVALID_URL. Check the webhook; it is tried again.',
  );
});
