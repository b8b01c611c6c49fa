import { type LaunchClaim, type LaunchExit, launchFiles, readLaunchFile } from './launch-files.ts';
import { holdsLease } from './lease.ts';

export type LaunchStatus =
  | { readonly state: 'absent' }
  | { readonly state: 'running'; readonly claim: LaunchClaim }
  | ({ readonly state: 'ended' } & LaunchExit);

/** How the launch of a folder stands. A launcher that died without a word (`kill -9`, power cut) has `ended`, `lost`. */
export async function launchStatus(folder: string): Promise<LaunchStatus> {
  const files = launchFiles(folder);
  const claim = await readLaunchFile<LaunchClaim>(files.claim);
  const running = claim !== undefined && (await holdsLease(files.claim, claim));
  const exit = await readLaunchFile<LaunchExit>(files.exit);
  if (exit !== undefined) return { state: 'ended', ...exit };
  if (claim === undefined) return { state: 'absent' };
  return running ? { state: 'running', claim } : { state: 'ended', exitCode: -1, why: 'lost', seconds: 0 };
}
