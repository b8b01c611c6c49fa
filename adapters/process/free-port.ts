import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Above the well-known ports, below those that operating systems hand out to connections and to whoever asks for any. */
const ownPorts = { from: 10_000, to: 30_000 };

/**
 * A port of the loopback address nobody listens on at this moment. Another process may take it before it is used; one that asks the
 * operating system for any port does not.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(ownPorts.from, ownPorts.to);
    if (await isPortFree(port)) return port;
  }
}

export function isPortFree(port: number): Promise<boolean> {
  return new Promise((settle) => {
    const server = createServer();
    server.once('error', () => settle(false));
    server.listen(port, '127.0.0.1', () => server.close(() => settle(true)));
  });
}
