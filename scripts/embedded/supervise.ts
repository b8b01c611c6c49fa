import { setTimeout as sleep } from 'node:timers/promises';
import { logTail } from '../../adapters/process/log-tail.ts';
import { isAlive, type ProcessRecord } from '../../adapters/process/process-record.ts';
import { startDetached } from '../../adapters/process/start-detached.ts';
import { stopGroup } from '../../adapters/process/stop-group.ts';
import type { Part } from './part.ts';
import { StackFailure } from './stack-failure.ts';

const lookMilliseconds = 250;
const shortestPauseSeconds = 0.5;
const longestPauseSeconds = 30;

export interface Surroundings {
  readonly folder: string;
  readonly log: string;
  /** The process of this part that an earlier supervisor left running. */
  readonly found?: ProcessRecord;
  /** Ends a start that is under way. */
  readonly signal?: AbortSignal;
  say(line: string): void;
  /** Called before anything else happens with a process, so that it is never forgotten. */
  record(process: ProcessRecord): Promise<void>;
}

export interface Supervised {
  stop(): Promise<void>;
}

/**
 * Keeps one part running: starts it or keeps the one found, waits until it works, and starts it again whenever it ends. Starts that
 * did not work are followed by ever longer pauses; a part that has worked is soon back.
 *
 * @throws StackFailure when the first start does not work in its time; nothing of it is left running
 */
export async function supervise(part: Part, surroundings: Surroundings): Promise<Supervised> {
  const ending = new AbortController();
  let current = surroundings.found;
  if (current === undefined) current = await start(part, surroundings);
  try {
    await untilReady(part, current, surroundings);
  } catch (fault) {
    await stopGroup(current);
    throw fault;
  }

  const watch = (async () => {
    let failedStarts = 0;
    while (!ending.signal.aborted) {
      if (current !== undefined && isAlive(current)) {
        await pause(lookMilliseconds, ending.signal);
        continue;
      }
      const pauseSeconds = Math.min(longestPauseSeconds, shortestPauseSeconds * 2 ** failedStarts);
      surroundings.say(`${part.name} ended by itself; starting it again in ${pauseSeconds} s (log: ${surroundings.log})`);
      if (current) await stopGroup(current);
      await pause(pauseSeconds * 1000, ending.signal);
      if (ending.signal.aborted) return;
      current = await startedAgain(part, surroundings);
      failedStarts = current === undefined ? failedStarts + 1 : 0;
    }
  })();

  return {
    async stop() {
      ending.abort();
      await watch;
      if (current) await stopGroup(current, part.graceSeconds * 1000);
    },
  };
}

/** @returns the process once it works; nothing is left of one that does not */
async function startedAgain(part: Part, surroundings: Surroundings): Promise<ProcessRecord | undefined> {
  let process: ProcessRecord | undefined;
  try {
    process = await start(part, surroundings);
    await untilReady(part, process, surroundings);
    surroundings.say(`${part.name} works again`);
    return process;
  } catch (fault) {
    surroundings.say((fault as Error).message);
    if (process) await stopGroup(process);
    return undefined;
  }
}

async function start(part: Part, { folder, log, record }: Surroundings): Promise<ProcessRecord> {
  let process: ProcessRecord | undefined;
  try {
    ({ record: process } = await startDetached({ ...part, folder, log }));
  } catch (fault) {
    throw new StackFailure(`${part.name} could not be started: ${(fault as Error).message}. Run: anchorwatch doctor`);
  }
  if (process === undefined) throw await failed(part, log, 'ended at once');
  await record(process);
  return process;
}

async function untilReady(part: Part, process: ProcessRecord, { log, signal }: Surroundings): Promise<void> {
  const deadline = Date.now() + part.readyWithinSeconds * 1000;
  while (!(await part.isReady(process).catch(() => false))) {
    signal?.throwIfAborted();
    if (!isAlive(process)) throw await failed(part, log, 'ended while it was starting');
    if (Date.now() > deadline) throw await failed(part, log, `did not answer within ${part.readyWithinSeconds} s`);
    await sleep(100);
  }
}

async function failed(part: Part, log: string, what: string): Promise<StackFailure> {
  const tail = await logTail(log, 8);
  return new StackFailure(`${part.name} ${what}. The end of ${log}:\n${tail.map((line) => `    ${line}`).join('\n') || '    (empty)'}`);
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => undefined);
}
