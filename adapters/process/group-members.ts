import type { ProcessRecord } from './process-record.ts';
import { readProcess, readProcesses } from './process-table.ts';

/**
 * Living members of the group the recorded process leads or led, itself included; empty when another process has got its pid since,
 * which no system allows while a member of the group lives.
 */
export function groupMembers(leader: ProcessRecord): number[] {
  const now = readProcess(leader.pid);
  if (now !== undefined && now.started !== leader.started) return [];
  return readProcesses()
    .filter((entry) => entry.group === leader.pid && !entry.zombie)
    .map((entry) => entry.pid);
}
