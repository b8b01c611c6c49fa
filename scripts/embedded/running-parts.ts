import { isAlive, type ProcessRecord } from '../../adapters/process/process-record.ts';
import { stopGroup } from '../../adapters/process/stop-group.ts';
import type { Part } from './part.ts';

/**
 * Looks at the processes a killed supervisor left behind: servers that still answer where they were started are kept, everything else
 * is ended with all it started.
 *
 * @returns what is kept, by name
 */
export async function sortRunning(
  recorded: Readonly<Record<string, ProcessRecord>>,
  parts: readonly Part[],
): Promise<Readonly<Record<string, ProcessRecord>>> {
  const looked = await Promise.all(
    Object.entries(recorded).map(async ([name, process]) => {
      const part = parts.find((candidate) => candidate.name === name);
      if (part?.keptWhenFound && isAlive(process) && (await part.isReady(process).catch(() => false))) return [[name, process] as const];
      await stopGroup(process, 10_000);
      return [];
    }),
  );
  return Object.fromEntries(looked.flat());
}
