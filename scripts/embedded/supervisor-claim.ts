import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isAlive, type ProcessRecord, recordProcess } from '../../adapters/process/process-record.ts';
import { writeOnce } from '../../adapters/process/write-once.ts';

const claimOf = (stateRoot: string) => join(stateRoot, 'supervisor.json');

/** The living process that looks after the stack of this state folder. */
export async function findSupervisor(stateRoot: string): Promise<ProcessRecord | undefined> {
  const claim = await readClaim(claimOf(stateRoot));
  return claim && isAlive(claim) ? claim : undefined;
}

/**
 * Makes this process the only supervisor of the state folder. The claim of a dead one is moved aside and looked at once more, so
 * that of several that come at the same time one wins.
 *
 * @returns how to give it back, or the living supervisor
 */
export async function claimSupervision(stateRoot: string): Promise<{ release: () => Promise<void> } | { heldBy: ProcessRecord }> {
  const path = claimOf(stateRoot);
  const own = recordProcess(process.pid) as ProcessRecord;
  for (;;) {
    if (await writeOnce(path, JSON.stringify(own))) return { release: () => rm(path, { force: true }) };
    const holder = await readClaim(path);
    if (holder && isAlive(holder)) return { heldBy: holder };
    await discardDead(path);
  }
}

async function discardDead(path: string): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch {
    return;
  }
  const moved = await readClaim(aside);
  if (moved && isAlive(moved)) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
}

async function readClaim(path: string): Promise<ProcessRecord | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as ProcessRecord;
  } catch {
    return undefined;
  }
}
