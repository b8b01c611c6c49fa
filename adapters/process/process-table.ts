import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** One line of the machine's process table. */
export interface ProcessEntry {
  readonly pid: number;
  readonly group: number;
  /** Ended, but not yet collected by its parent: it does nothing any more. */
  readonly zombie: boolean;
  /** Tells this process from any other that had or will have its pid, also over a restart of the machine. Compared, never read. */
  readonly started: string;
}

/** @returns undefined when no process has the pid */
export function readProcess(pid: number): ProcessEntry | undefined {
  return process.platform === 'linux' ? fromProc(pid) : fromPs(['-p', String(pid)])[0];
}

/** All processes this one may see. Cost: one small file each on Linux, one `ps` elsewhere. */
export function readProcesses(): ProcessEntry[] {
  if (process.platform !== 'linux') return fromPs(['-ax']);
  return readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? (fromProc(Number(name)) ?? []) : []));
}

/** Source: proc_pid_stat(5). The name in parentheses may itself hold spaces and parentheses. */
function fromProc(pid: number): ProcessEntry | undefined {
  const stat = readIfThere(`/proc/${pid}/stat`);
  if (stat === undefined) return undefined;
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return { pid, group: Number(fields[2]), zombie: fields[0] === 'Z' || fields[0] === 'X', started: `${bootId()}/${fields[19]}` };
}

function fromPs(selection: readonly string[]): ProcessEntry[] {
  return listedByPs(selection)
    .split('\n')
    .flatMap((line) => {
      const [, pid, group, state, started] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.+?)\s*$/.exec(line) ?? [];
      return pid && group && state && started ? [{ pid: Number(pid), group: Number(group), zombie: state.startsWith('Z'), started }] : [];
    });
}

/** `ps` exits with 1 when nothing matches. */
function listedByPs(selection: readonly string[]): string {
  try {
    return execFileSync('ps', [...selection, '-o', 'pid=,pgid=,stat=,lstart='], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    return '';
  }
}

function bootId(): string {
  return readIfThere('/proc/sys/kernel/random/boot_id')?.trim() ?? '';
}

/** A process may end between being listed and being read. */
function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
