import { readFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProcessRecord } from '../adapters/process/process-record.ts';

/** Where the parts of the embedded stack answer, all on the loopback. */
export interface StackAddresses {
  /** host:port of the gRPC front end. */
  readonly temporal: string;
  readonly temporalUi: string;
  readonly mlflow: string;
  readonly gateway: string;
}

/** `stack.json` in the state folder. Addresses stay in it after a stop, so that the next start has the same ones. */
export interface StackRecord {
  readonly schemaVersion: 1;
  readonly addresses: StackAddresses;
  /** Wall time at which every part answered; absent while it starts or stops, and after a stop. */
  readonly upSince?: string;
  /** By name of the part. What stands here and lives after its supervisor was killed is adopted or ended by the next. */
  readonly processes: Readonly<Record<string, ProcessRecord>>;
}

/** @returns undefined when no stack was ever started here, or the record cannot be read */
export function readStackRecord(stateRoot: string): StackRecord | undefined {
  try {
    const record = JSON.parse(readFileSync(join(stateRoot, 'stack.json'), 'utf8')) as StackRecord;
    return record.schemaVersion === 1 ? record : undefined;
  } catch {
    return undefined;
  }
}

/** Replaces the record whole: a reader sees the old one or the new one. */
export async function writeStackRecord(stateRoot: string, record: StackRecord): Promise<void> {
  const path = join(stateRoot, 'stack.json');
  await writeFile(`${path}.tmp`, `${JSON.stringify(record, undefined, 2)}\n`);
  await rename(`${path}.tmp`, path);
}
