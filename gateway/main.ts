import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startGateway } from './gateway.ts';

const usage = `gateway --state <folder> [--host 127.0.0.1] [--port 8800] [--timeout-ms 10000]
Splits, forwards and records the predictions of models.`;

/** The gateway as a process: prints where it listens, ends on SIGTERM or SIGINT with everything sealed. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      state: { type: 'string' },
      host: { type: 'string', default: '127.0.0.1' },
      port: { type: 'string', default: '8800' },
      'timeout-ms': { type: 'string', default: '10000' },
    },
  });
  if (values.state === undefined) throw new Error(`--state is missing.\n${usage}`);
  const gateway = await startGateway({
    host: values.host,
    port: Number(values.port),
    stateRoot: resolve(values.state),
    upstreamTimeoutMilliseconds: Number(values['timeout-ms']),
  });
  console.log(`gateway listening on ${gateway.url}`);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => gateway.close().then(() => process.exit(0)));
}

main().catch((error: NodeJS.ErrnoException) => {
  console.error(
    error.code === 'EADDRINUSE'
      ? `The gateway's port is taken: ${error.message}. Choose another with --port.`
      : `The gateway did not start: ${error.message}`,
  );
  process.exit(1);
});
