import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface Measured {
  readonly wallSeconds: number;
  /** Of all its threads, user and system. */
  readonly cpuSeconds: number;
  readonly peakMebibytes: number;
  readonly exitCode: number;
  readonly output: string;
}

/** Not more often: each look takes from a program that uses all cores. */
const everyMilliseconds = 20;
const ticksPerSecond = 100;

/** Runs a program to its end and reads from Linux what it took, children not included: CPU to a few hundredths of a second. */
export async function measuredProcess(command: string, args: readonly string[]): Promise<Measured> {
  const began = performance.now();
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const last = { cpuSeconds: 0, peakMebibytes: 0 };
  const look = setInterval(() => Object.assign(last, takenBy(child.pid)), everyMilliseconds);
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const exitCode = await new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? -1));
  });
  clearInterval(look);
  return { ...last, wallSeconds: (performance.now() - began) / 1000, exitCode, output };
}

function takenBy(pid: number | undefined): Partial<Measured> {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [user = 0, system = 0] = stat.slice(stat.lastIndexOf(')')).split(' ').slice(12, 14).map(Number);
    const peak = /VmHWM:\s*(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return { cpuSeconds: (user + system) / ticksPerSecond, ...(peak !== undefined && { peakMebibytes: Number(peak) / 1024 }) };
  } catch {
    return {};
  }
}
