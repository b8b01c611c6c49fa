import { createServer } from 'node:net';

/** A port of the loopback address nobody listens on at this moment; another process may take it in the next. */
export async function freePort(): Promise<number> {
  return (await listenOn(0)) as number;
}

export async function isPortFree(port: number): Promise<boolean> {
  return (await listenOn(port)) !== undefined;
}

function listenOn(port: number): Promise<number | undefined> {
  return new Promise((settle) => {
    const server = createServer();
    server.once('error', () => settle(undefined));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => settle(typeof address === 'object' ? address?.port : undefined));
    });
  });
}
