import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProcessRecord } from '../../adapters/process/process-record.ts';
import { type Configuration, loadConfiguration } from '../../worker/configuration.ts';
import { rootsOf } from '../../worker/roots.ts';
import { readStackRecord, type StackAddresses, type StackRecord, writeStackRecord } from '../../worker/stack-record.ts';
import { chooseAddresses } from './addresses.ts';
import { modelServers } from './model-servers.ts';
import type { Part, PartName } from './part.ts';
import { embeddedServers, embeddedWorkers } from './parts.ts';
import { prepareNamespace } from './prepare-namespace.ts';
import { sortRunning } from './running-parts.ts';
import { StackAlreadyUp } from './stack-failure.ts';
import { proveWritable } from './state-folder.ts';
import { type Supervised, supervise } from './supervise.ts';
import { claimSupervision } from './supervisor-claim.ts';

export interface StackOptions {
  /** Where `anchorwatch.config.yaml` is looked for. */
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** `usual`: 7233, 8233, 5000 and 8800 where free. `any`: whatever is free, for tests. Recorded ones come first in both. */
  readonly ports?: 'usual' | 'any';
  /** Parts that shall not run. */
  readonly without?: readonly PartName[];
  /** Ends a start that is under way. */
  readonly signal?: AbortSignal;
  /** One line of progress or news, during the start and later. */
  say(line: string): void;
}

export interface Stack {
  readonly addresses: StackAddresses;
  readonly configuration: Configuration;
  /** Ends every process, workers first and servers last, and keeps the state. */
  stop(): Promise<void>;
}

/**
 * Starts the embedded stack as processes of their own, each watched and started again when it ends: Temporal, MLflow, gateway, two
 * workers, and the model servers that were up. Parts whose address is configured are somebody else's and are left alone.
 *
 * @throws StackAlreadyUp; StackFailure naming the part, its last lines and what to do, with nothing left running
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { stateRoot } = rootsOf(options.cwd, options.env);
  await proveWritable(stateRoot);
  await mkdir(join(stateRoot, 'logs'), { recursive: true });
  const claim = await claimSupervision(stateRoot);
  if ('heldBy' in claim) throw new StackAlreadyUp(claim.heldBy.pid, stateRoot);

  const undo: (() => Promise<void>)[] = [claim.release];
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    return { ...(await bringUp(options, stateRoot, undo)), stop };
  } catch (fault) {
    await stop();
    throw fault;
  }
}

/** @param undo what ends what was started, to be done from the last to the first */
async function bringUp(options: StackOptions, stateRoot: string, undo: (() => Promise<void>)[]): Promise<Omit<Stack, 'stop'>> {
  const { cwd, env, say } = options;
  const wanted = (part: Part) => !options.without?.includes(part.name);
  const recorded = readStackRecord(stateRoot);
  const before = loadConfiguration({ cwd, env });
  const found = recorded ? await sortRunning(recorded.processes, await embeddedServers(before, recorded.addresses, env)) : {};
  const running = { temporal: 'temporal' in found, mlflow: 'mlflow' in found, gateway: 'gateway' in found };
  const addresses = await chooseAddresses(before, recorded?.addresses, running, options.ports ?? 'usual');
  const book = await openBook(stateRoot, { schemaVersion: 1, addresses, processes: found });
  undo.push(book.close);

  const configuration = loadConfiguration({ cwd, env });
  const bring = (part: Part) =>
    broughtUp(part, { ...options, stateRoot, book, ...(found[part.name] && { found: found[part.name] as ProcessRecord }) });
  const servers = (await embeddedServers(before, addresses, env)).filter(wanted);
  await allOf(servers, bring, undo);
  if (servers.some(({ name }) => name === 'temporal')) await prepareNamespace(configuration.temporal);

  const models = options.without?.includes('mlflow') ? undefined : modelServers(configuration, env);
  if (models) {
    undo.push(() => models.suspend());
    for (const { model, version, healthy } of await models.resume()) {
      say(
        `${healthy ? '✓' : '✗'} model server ${model} ${version}${healthy ? '' : ' did not come up; the log is under serving/ of the state folder'}`,
      );
    }
  }
  await allOf(embeddedWorkers(configuration, env).filter(wanted), bring, undo);
  await book.up();
  return { addresses, configuration };
}

interface Bringing extends StackOptions {
  readonly stateRoot: string;
  readonly book: Book;
  readonly found?: ProcessRecord;
}

async function broughtUp(part: Part, { cwd, say, stateRoot, book, found, signal }: Bringing): Promise<Supervised> {
  const began = Date.now();
  const supervised = await supervise(part, {
    folder: cwd,
    log: join(stateRoot, 'logs', `${part.name}.log`),
    say,
    record: (process) => book.enter(part.name, process),
    ...(found && { found }),
    ...(signal && { signal }),
  });
  say(`✓ ${part.name} ${found ? 'was running and is kept' : `started in ${((Date.now() - began) / 1000).toFixed(1)} s`}`);
  return supervised;
}

/** Side by side. When one fails the others are waited for, so that none is forgotten, and the first fault is thrown. */
async function allOf(parts: readonly Part[], bring: (part: Part) => Promise<Supervised>, undo: (() => Promise<void>)[]): Promise<void> {
  const ends = await Promise.allSettled(parts.map(bring));
  const up = ends.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []));
  undo.push(async () => {
    await Promise.all(up.map((supervised) => supervised.stop()));
  });
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed) throw failed.reason;
}

interface Book {
  enter(name: string, process: ProcessRecord): Promise<void>;
  up(): Promise<void>;
  close(): Promise<void>;
}

/** `stack.json`, written by one hand at a time. */
async function openBook(stateRoot: string, first: StackRecord): Promise<Book> {
  let record = first;
  let writing = Promise.resolve();
  const write = (change: Partial<StackRecord>) => {
    record = { ...record, ...change };
    const next = record;
    writing = writing.then(() => writeStackRecord(stateRoot, next));
    return writing;
  };
  await write({});
  return {
    enter: (name, process) => write({ processes: { ...record.processes, [name]: process } }),
    up: () => write({ upSince: new Date().toISOString() }),
    close: () => {
      const { upSince: _, ...rest } = record;
      record = rest;
      return write({ processes: {} });
    },
  };
}
