import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { hostname, constants as system } from 'node:os';
import { type ProcessRecord, recordProcess } from '../process-record.ts';
import { stopGroup } from '../stop-group.ts';
import { writeOnce } from '../write-once.ts';
import { type LaunchClaim, type LaunchExit, type LaunchSpec, launchFiles, readLaunchFile } from './launch-files.ts';
import { renewalMilliseconds, renewLease } from './lease.ts';

/**
 * A program of its own, started by `ensureLaunched`: claims the folder given as argument, runs the command of its `spec.json` in its
 * own process group with a folder of its own for temporary files, ends the whole group with it, and writes `exit.json`. A launcher that comes second ends without a trace.
 */
const files = launchFiles(process.argv[2] as string);
const self = recordProcess(process.pid) as ProcessRecord;

const spec = await readLaunchFile<LaunchSpec>(files.spec);
if (spec === undefined) throw new Error(`${files.spec} is not there: start launches with ensureLaunched.`);
if (await claim()) await run(spec);

async function claim(): Promise<boolean> {
  const mine: LaunchClaim = { ...self, host: hostname() };
  return (await writeOnce(files.claim, JSON.stringify(mine))) && !existsSync(files.exit);
}

async function run({ command, folder, timeLimitSeconds }: LaunchSpec): Promise<void> {
  const startedAt = performance.now();
  const renewal = setInterval(() => void renewLease(files.claim).catch(() => undefined), renewalMilliseconds);
  await mkdir(files.temporary, { recursive: true });
  const ended = await firstOf(command, folder, timeLimitSeconds);
  await stopGroup(self);
  await rm(files.temporary, { recursive: true, force: true });
  clearInterval(renewal);
  const exit: LaunchExit = { ...ended, seconds: Math.round(performance.now() - startedAt) / 1000 };
  await writeOnce(files.exit, JSON.stringify(exit));
  process.exit(0);
}

/** The command's own end, its time limit, or a SIGTERM sent to this launcher, whichever comes first. */
function firstOf(command: string, folder: string, timeLimitSeconds: number | undefined): Promise<Omit<LaunchExit, 'seconds'>> {
  return new Promise((end) => {
    for (const ignored of ['SIGINT', 'SIGHUP'] as const) process.on(ignored, () => undefined);
    process.on('SIGTERM', () => end({ exitCode: 128 + system.signals.SIGTERM, why: 'stopped' }));
    if (timeLimitSeconds !== undefined) {
      setTimeout(() => end({ exitCode: 128 + system.signals.SIGKILL, why: 'time-limit' }), timeLimitSeconds * 1000);
    }
    const env = { ...process.env, TMPDIR: files.temporary };
    const child = spawn(command, { shell: true, cwd: folder, env, stdio: ['ignore', 'inherit', 'inherit'] });
    child.once('error', (error) => {
      console.error(`The command could not be started in ${folder}: ${error.message}. Does the folder exist?`);
      end({ exitCode: 127 });
    });
    child.once('exit', (code, signal) => end({ exitCode: code ?? 128 + (signal === null ? 0 : system.signals[signal]) }));
  });
}
