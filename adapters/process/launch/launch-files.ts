import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProcessRecord } from '../process-record.ts';

/** `spec.json`: what is to be run. Values of the environment are never written down. */
export interface LaunchSpec {
  /** For the shell. */
  readonly command: string;
  /** Where it runs: absolute. */
  readonly folder: string;
  /** Wall time; absent: it may run for ever. */
  readonly timeLimitSeconds?: number;
}

/** `pid.json`: whose launch it is. Its modification time is the launcher's sign of life for other hosts. */
export interface LaunchClaim extends ProcessRecord {
  readonly host: string;
}

/** `exit.json`: how it ended. */
export interface LaunchExit {
  /** 128 + signal when a signal ended it, −1 when nobody saw it end. */
  readonly exitCode: number;
  readonly why?: 'time-limit' | 'stopped' | 'lost';
  readonly seconds: number;
}

/** The files of one launch; each is written once and whole, `log` excepted. What is in `temporary` is gone when the launch has ended. */
export function launchFiles(folder: string) {
  return {
    spec: join(folder, 'spec.json'),
    claim: join(folder, 'pid.json'),
    log: join(folder, 'log'),
    exit: join(folder, 'exit.json'),
    temporary: join(folder, 'tmp'),
  };
}

/** @returns undefined when there is no such file */
export async function readLaunchFile<T extends LaunchSpec | LaunchClaim | LaunchExit>(path: string): Promise<T | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as T;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
