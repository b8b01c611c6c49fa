import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { freePort } from '../../adapters/process/free-port.ts';
import type { S3StoreSettings } from '../../adapters/store/s3/s3-store.ts';

/** Moto rather than a server in Go: Python is there anyway, and it installs in ten seconds where the other compiles for two minutes. */
const requirements = ['moto[s3]==5.2.5', 'flask==3.1.3', 'flask-cors==6.0.5'];

/**
 * Moto answers many requests at once by itself, and looks before it writes: two conditional writes that race then both win now and
 * again. One request at a time, it keeps its promise whatever else the machine does.
 */
const program = [
  'import sys',
  'from werkzeug.serving import run_simple',
  'from moto.server import DomainDispatcherApplication, MotoRequestHandler, create_backend_app',
  'application = DomainDispatcherApplication(create_backend_app)',
  'run_simple("127.0.0.1", int(sys.argv[1]), application, threaded=False, request_handler=MotoRequestHandler)',
].join('\n');

export interface S3Server {
  /** Of an empty bucket of its own. */
  newBucket(): Promise<S3StoreSettings>;
  readonly port: number;
  stop(): Promise<void>;
}

/** A real S3-compatible server on a free port; installed into the cache when it is first asked for. */
export async function startS3(): Promise<S3Server> {
  const python = await installed();
  const port = await freePort();
  const server = spawn(python, ['-c', program, String(port)], { stdio: 'ignore' });
  const end = () => server.kill('SIGKILL');
  process.once('exit', end);

  const settings = {
    endpoint: `http://127.0.0.1:${port}`,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  };
  const stop = async () => {
    process.off('exit', end);
    const ended = new Promise((resolve) => server.once('exit', resolve));
    if (server.exitCode === null && server.signalCode === null) {
      end();
      await ended;
    }
  };
  try {
    await untilAnswering(settings.endpoint, server);
  } catch (error) {
    await stop();
    throw error;
  }

  let buckets = 0;
  const client = new S3Client(settings);
  return {
    port,
    stop,
    async newBucket() {
      const bucket = `bucket-${buckets++}`;
      await client.send(new CreateBucketCommand({ Bucket: bucket }));
      return { ...settings, bucket };
    },
  };
}

/** The Python of an environment that has the server. */
async function installed(): Promise<string> {
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'anchorwatch');
  const folder = join(cache, 'moto-5.2.5');
  const python = join(folder, 'bin', 'python');
  if (existsSync(python)) return python;

  const own = `${folder}.${process.pid}`;
  await mkdir(cache, { recursive: true });
  const run = promisify(execFile);
  await run('python3', ['-m', 'venv', own]);
  await run(join(own, 'bin', 'python'), ['-m', 'pip', 'install', '--quiet', ...requirements]);
  // Another test process may have been quicker: then its environment is used.
  await rename(own, folder).catch(() => rm(own, { recursive: true }));
  return python;
}

async function untilAnswering(endpoint: string, server: ChildProcess): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    if (server.exitCode !== null) throw new Error(`the S3 server ended with ${server.exitCode} before it answered`);
    const answers = await fetch(endpoint).then(
      () => true,
      () => false,
    );
    if (answers) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`the S3 server did not answer at ${endpoint} within a minute`);
}
