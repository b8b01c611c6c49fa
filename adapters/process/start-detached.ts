import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { type ProcessRecord, recordProcess } from './process-record.ts';

export interface DetachedProgram {
  readonly file: string;
  readonly arguments: readonly string[];
  readonly folder: string;
  /** The whole environment, not an addition to ours. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Both outputs are appended here. */
  readonly log: string;
}

/**
 * Starts a program as leader of its own process group and session: it outlives us, and a ctrl-C meant for us does not reach it.
 *
 * @returns the child, and its record; the record is absent when it had ended before it could be read
 * @throws when the file cannot be started at all
 */
export async function startDetached(program: DetachedProgram): Promise<{ child: ChildProcess; record?: ProcessRecord }> {
  mkdirSync(dirname(program.log), { recursive: true });
  const log = openSync(program.log, 'a');
  try {
    const child = spawn(program.file, program.arguments, {
      cwd: program.folder,
      env: program.environment,
      detached: true,
      stdio: ['ignore', log, log],
    });
    child.unref();
    await new Promise<void>((started, failed) => child.once('spawn', started).once('error', failed));
    const record = recordProcess(child.pid as number);
    return record ? { child, record } : { child };
  } finally {
    closeSync(log);
  }
}
