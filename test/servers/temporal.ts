import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { freePort } from '../../adapters/process/free-port.ts';
import { findTemporal } from '../../scripts/embedded/temporal-part.ts';
import { rootsOf } from '../../worker/roots.ts';
import { until } from '../until.ts';

export interface TemporalServer {
  readonly address: string;
  /** Temporal's command line. */
  readonly program: string;
  /**
   * A copy of its database as it is at this moment. The server stands still meanwhile and is never read from: one that meets another
   * reader's lock loses its shards for half a minute.
   */
  copyDatabase(): Promise<string>;
  stop(): Promise<void>;
}

/** Temporal as somebody else runs it: with the namespace `default` and nothing of ours. */
export async function startTemporal(): Promise<TemporalServer> {
  const found = await findTemporal(rootsOf(process.cwd(), process.env), process.env);
  if (found === undefined) throw new Error("Temporal's command line is not installed: run `node scripts/setup.mjs`");
  const folder = mkdtempSync(join(tmpdir(), 'anchorwatch-temporal-'));
  const database = join(folder, 'temporal.db');
  const port = await freePort();
  const address = `127.0.0.1:${port}`;
  const server = spawn(
    found.path,
    ['server', 'start-dev', '--headless', '--ip', '127.0.0.1', '--port', String(port), '--db-filename', database, '--log-level', 'error'],
    { stdio: 'ignore' },
  );
  const end = () => server.kill('SIGKILL');
  process.once('exit', end);
  const stop = async () => {
    process.off('exit', end);
    const ended = once(server, 'exit');
    if (server.exitCode === null && server.signalCode === null) {
      end();
      await ended;
    }
    rmSync(folder, { recursive: true, force: true });
  };
  const copyDatabase = async () => {
    server.kill('SIGSTOP');
    await until(() => execFileSync('ps', ['-o', 'state=', '-p', String(server.pid)], { encoding: 'utf8' }).startsWith('T') || undefined);
    const copy = join(folder, 'copy', 'temporal.db');
    for (const rest of ['', '-journal', '-wal']) if (existsSync(database + rest)) cpSync(database + rest, copy + rest);
    server.kill('SIGCONT');
    return copy;
  };
  for (;;) {
    if (server.exitCode !== null) {
      await stop();
      throw new Error(`Temporal ended with ${server.exitCode} before it answered`);
    }
    const connection = await Connection.connect({ address, connectTimeout: 1_000 }).catch(() => undefined);
    if (connection === undefined) continue;
    await connection.close();
    return { address, program: found.path, copyDatabase, stop };
  }
}
