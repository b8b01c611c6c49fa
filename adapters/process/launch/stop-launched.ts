import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from '../process-record.ts';
import { stopGroup } from '../stop-group.ts';
import { writeOnce } from '../write-once.ts';
import { type LaunchClaim, type LaunchExit, launchFiles, readLaunchFile } from './launch-files.ts';
import { holdsLease } from './lease.ts';

/** Longer than the grace the launcher gives to its group. */
const launcherMilliseconds = 8000;

/**
 * Ends what was launched in the folder with everything it started, and closes the folder, so that nothing starts there any more.
 * What has lost its launcher is ended all the same and closed as `lost`. Harmless when nothing was launched or it has ended.
 *
 * @throws Error when it runs on another host: only there can it be stopped
 */
export async function stopLaunched(folder: string): Promise<void> {
  const files = launchFiles(folder);
  if (!existsSync(files.spec) || existsSync(files.exit)) return;

  const before = await readLaunchFile<LaunchClaim>(files.claim);
  if (before === undefined) await writeOnce(files.exit, closedAs('stopped'));
  const claim = before ?? (await readLaunchFile<LaunchClaim>(files.claim));
  if (claim === undefined) return;

  const alive = await holdsLease(files.claim, claim);
  if (claim.host !== hostname() && alive) throw new Error(`${folder} runs on ${claim.host} (pid ${claim.pid}): stop it there.`);
  if (claim.host === hostname()) await endGroup(claim);
  await rm(files.temporary, { recursive: true, force: true });
  await writeOnce(files.exit, closedAs(alive ? 'stopped' : 'lost'));
}

/** The launcher is asked first: it ends its group and says how. */
async function endGroup(claim: LaunchClaim): Promise<void> {
  if (!isAlive(claim)) return stopGroup(claim);
  askToEnd(claim.pid);
  for (let waited = 0; waited < launcherMilliseconds && isAlive(claim); waited += 50) await sleep(50);
  await stopGroup(claim);
}

function askToEnd(pid: number): void {
  try {
    process.kill(pid, 'SIGTERM');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function closedAs(why: 'stopped' | 'lost'): string {
  const exit: LaunchExit = { exitCode: -1, why, seconds: 0 };
  return JSON.stringify(exit);
}
