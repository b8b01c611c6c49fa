import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { logTail } from '../log-tail.ts';
import { startDetached } from '../start-detached.ts';
import { writeOnce } from '../write-once.ts';
import { type LaunchSpec, launchFiles } from './launch-files.ts';
import { launchStatus } from './launch-status.ts';

const claimMilliseconds = 30_000;

/**
 * Runs a command once per folder, detached from us, whoever asks and however often. Any number of launchers may be started by callers
 * that race; the one that creates `pid.json` runs the command, so there is no moment at which a killed caller leaves a half-made claim.
 *
 * @param environment the command's whole environment; not written to any file
 * @returns when the command's launcher holds the claim or has ended
 * @throws Error when no launcher could be started; asking again is safe
 */
export async function ensureLaunched(folder: string, spec: LaunchSpec, environment: Readonly<Record<string, string | undefined>>) {
  const files = launchFiles(folder);
  await mkdir(folder, { recursive: true });
  await writeOnce(files.spec, JSON.stringify(spec, undefined, 2));
  if ((await launchStatus(folder)).state !== 'absent') return;

  const launcher = launcherProgram();
  const { child } = await startDetached({ ...launcher, arguments: [...launcher.arguments, folder], environment, log: files.log });
  for (let waited = 0; waited < claimMilliseconds; waited += 20) {
    if ((await launchStatus(folder)).state !== 'absent') return;
    if (child.exitCode !== null || child.signalCode !== null) break;
    await sleep(20);
  }
  if ((await launchStatus(folder)).state !== 'absent') return;
  throw new Error(`No launcher came up for ${folder}; its log ends: ${(await logTail(files.log, 5)).join(' | ') || '(empty)'}`);
}

/** The launcher beside this file: TypeScript in a checkout, JavaScript once built. It starts in its own folder, where the loader is found. */
function launcherProgram() {
  const own = fileURLToPath(import.meta.url);
  const [loader, extension] = own.endsWith('.ts') ? [['--import', 'tsx'], 'ts'] : [[], 'js'];
  const folder = dirname(own);
  return { file: process.execPath, arguments: [...loader, `${folder}/launcher.${extension}`], folder };
}
