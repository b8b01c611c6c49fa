import { readProcess } from './process-table.ts';

/** A process as written to a file: found again later, and never mistaken for another that has got its pid. */
export interface ProcessRecord {
  readonly pid: number;
  readonly started: string;
}

/** @returns undefined when no process has the pid any more */
export function recordProcess(pid: number): ProcessRecord | undefined {
  const entry = readProcess(pid);
  return entry && { pid, started: entry.started };
}

/** Whether the recorded process itself still runs; what it started may live on when it does not. */
export function isAlive(record: ProcessRecord): boolean {
  const entry = readProcess(record.pid);
  return entry !== undefined && !entry.zombie && entry.started === record.started;
}
