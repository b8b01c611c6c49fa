import { stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { isAlive } from '../process-record.ts';
import type { LaunchClaim } from './launch-files.ts';

export const renewalMilliseconds = 5000;

/** A launcher of another host counts as dead when it has not renewed its claim for so long. */
const leaseMilliseconds = 30_000;

export async function renewLease(claimPath: string): Promise<void> {
  const now = new Date();
  await utimes(claimPath, now, now);
}

/**
 * Whether the launcher that holds the claim still runs. Here the process table knows; of another host, which shares the folder,
 * only the claim's age does, so the hosts' clocks must agree within seconds.
 */
export async function holdsLease(claimPath: string, claim: LaunchClaim): Promise<boolean> {
  if (claim.host === hostname()) return isAlive(claim);
  return Date.now() - (await stat(claimPath)).mtimeMs < leaseMilliseconds;
}
