import { setTimeout as sleep } from 'node:timers/promises';
import { groupMembers } from './group-members.ts';
import type { ProcessRecord } from './process-record.ts';

const lookMilliseconds = 50;

/**
 * Ends every member of the recorded process's group but the caller: SIGTERM, then SIGKILL to what is left after the grace.
 * Returns when none lives. Harmless when the group is gone or its leader's pid belongs to another process now.
 */
export async function stopGroup(leader: ProcessRecord, graceMilliseconds = 5000): Promise<void> {
  signal(others(leader), 'SIGTERM');
  for (let waited = 0; waited < graceMilliseconds && others(leader).length > 0; waited += lookMilliseconds) await sleep(lookMilliseconds);
  for (let left = others(leader); left.length > 0; left = others(leader)) {
    signal(left, 'SIGKILL');
    await sleep(lookMilliseconds);
  }
}

function others(leader: ProcessRecord): number[] {
  return groupMembers(leader).filter((pid) => pid !== process.pid);
}

function signal(pids: readonly number[], name: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, name);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}
