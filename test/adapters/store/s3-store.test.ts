import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { s3Objects } from '../../../adapters/store/s3/objects.ts';
import { openS3Store, type S3StoreSettings } from '../../../adapters/store/s3/s3-store.ts';
import { settlingStore } from '../../../adapters/store/s3/settling-store.ts';
import { keepsTheStoreContract } from '../../contracts/store.contract.ts';
import { type S3Server, startS3 } from '../../servers/s3.ts';

let server: S3Server;
let deaf: Server;
beforeAll(async () => {
  server = await startS3();
  deaf = await startDeafProxy(server.port);
}, 300_000);
afterAll(async () => {
  deaf?.closeAllConnections();
  deaf?.close();
  await server?.stop();
});

/** The server as one that does not know conditional writes: it never sees the header. */
async function startDeafProxy(port: number): Promise<Server> {
  const proxy = createServer((incoming, outgoing) => {
    const { 'if-none-match': _unheard, ...headers } = incoming.headers;
    const onward = request({ host: '127.0.0.1', port, method: incoming.method, path: incoming.url, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  return proxy;
}

async function deafBucket(): Promise<S3StoreSettings> {
  return { ...(await server.newBucket()), endpoint: `http://127.0.0.1:${(deaf.address() as AddressInfo).port}` };
}

const objectsOf = (settings: S3StoreSettings) => s3Objects(new S3Client(settings as never), settings.bucket, 'in/here/');

keepsTheStoreContract('the S3 store', async () => {
  const s3 = { ...(await server.newBucket()), prefix: 'in/here/' };
  return { store: (await openS3Store(s3)).store, place: { s3 } };
});

keepsTheStoreContract('the S3 store without conditional writes', async () => ({
  store: settlingStore(objectsOf(await deafBucket()), 1500),
}));

/** The server behind a line that breaks once: the request arrives, its answer does not. */
async function startBreakingProxy(port: number): Promise<{ readonly proxy: Server; hasBroken(): boolean }> {
  let broken = false;
  const proxy = createServer((incoming, outgoing) => {
    const { method, url: path, headers } = incoming;
    const onward = request({ host: '127.0.0.1', port, method, path, headers }, (answer) => {
      if (method === 'PUT' && !broken) {
        broken = true;
        answer.resume().on('end', () => outgoing.destroy());
        return;
      }
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  return { proxy, hasBroken: () => broken };
}

it('given an answer that is lost, when the client has sent the object again, then the writer is still told that it wrote it', async () => {
  const settings = await server.newBucket();
  const { proxy, hasBroken } = await startBreakingProxy(server.port);
  try {
    const objects = objectsOf({ ...settings, endpoint: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}` });
    expect(await objects.putNew('once', Uint8Array.of(1))).toBe('written');
    expect(hasBroken()).toBe(true);
    expect(await objects.putNew('once', Uint8Array.of(2))).toBe('existed');
    expect(await objectsOf(settings).get('once')).toEqual(Uint8Array.of(1));
  } finally {
    proxy.closeAllConnections();
    proxy.close();
  }
});

describe('opening an S3 store', () => {
  it('given a server that honours conditional writes, when it is opened, then there is no warning and nothing is left behind', async () => {
    const { store, warning } = await openS3Store(await server.newBucket());
    expect(warning).toBeUndefined();
    const keys: string[] = [];
    for await (const key of store.list('')) keys.push(key);
    expect(keys).toEqual([]);
  });

  it('given a server that does not, when it is opened, then the warning says what may happen', async () => {
    const { warning } = await openS3Store(await deafBucket());
    expect(warning).toMatch(/does not honour conditional writes.*two writers that race may not agree/);
  });

  it('given no such bucket, when it is opened, then the error names the bucket, the cause and what to check', async () => {
    const settings = { ...(await server.newBucket()), bucket: 'no-such-bucket' };
    await expect(openS3Store(settings)).rejects.toThrow(/s3:\/\/no-such-bucket.*NoSuchBucket.*Check bucket, endpoint and credentials/);
  });

  it('given more objects than a page holds, when they are listed, then all come in order', async () => {
    const settings = await server.newBucket();
    const objects = s3Objects(new S3Client(settings as never), settings.bucket, '');
    const keys = Array.from({ length: 1005 }, (_, index) => `page/${String(index).padStart(4, '0')}`);
    for (let from = 0; from < keys.length; from += 50)
      await Promise.all(keys.slice(from, from + 50).map((key) => objects.put(key, Uint8Array.of(1))));
    const listed: string[] = [];
    for await (const key of objects.list('page/')) listed.push(key);
    expect(listed).toEqual(keys);
  });
});
