import { freePort, isPortFree } from '../../adapters/process/free-port.ts';

/** Where each part listens when nothing else does. */
export const usualPorts = { temporal: 7233, temporalUi: 8233, mlflow: 5000, gateway: 8800 } as const;

/**
 * The first of the wished ports that is free, else any free one. Ports already given out in this start are not given twice.
 *
 * @param wished best first: the one recorded by the last start, the usual one
 */
export function portChooser(): (wished: readonly (number | undefined)[]) => Promise<number> {
  const given = new Set<number>();
  return async function choose(wished) {
    for (const port of wished) {
      if (port !== undefined && !given.has(port) && (await isPortFree(port))) {
        given.add(port);
        return port;
      }
    }
    const port = await freePort();
    if (given.has(port)) return choose([]);
    given.add(port);
    return port;
  };
}

/** @returns the port of `host:port` or of a URL, undefined when it names none */
export function portOf(address: string | undefined): number | undefined {
  const [, port] = /:(\d+)\/?$/.exec(address ?? '') ?? [];
  return port === undefined ? undefined : Number(port);
}
