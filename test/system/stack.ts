import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { groupMembers } from '../../adapters/process/group-members.ts';
import { isAlive, type ProcessRecord } from '../../adapters/process/process-record.ts';
import { ownProgram } from '../../scripts/embedded/own-program.ts';
import type { PartName } from '../../scripts/embedded/part.ts';
import { type Stack, type StackOptions, startStack } from '../../scripts/embedded/stack.ts';
import { inSession, type Session } from '../../scripts/models/session.ts';
import { readStackRecord } from '../../worker/stack-record.ts';
import { until } from '../until.ts';

export interface TestStackOptions {
  /** Added to the environment of every part and command. */
  readonly env?: Readonly<Record<string, string>>;
  readonly without?: StackOptions['without'];
  /** Runs before anything starts: for an `anchorwatch.config.yaml`, programs, policies. */
  readonly prepare?: (folder: string) => void;
}

export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A whole embedded stack of a test file's own: real servers and workers on free ports, state in a temporary folder. */
export interface TestStack {
  readonly stack: Stack;
  readonly session: Session;
  /** Temporary folder: working folder of commands, and where tests put their policies and programs. */
  readonly folder: string;
  readonly stateRoot: string;
  readonly env: NodeJS.ProcessEnv;
  /** Everything the supervisor has said. */
  readonly said: readonly string[];
  processOf(part: PartName): ProcessRecord;
  /** Sends a signal to every process of a part. */
  signal(part: PartName, signal: NodeJS.Signals): void;
  /** Ends parts with a signal and waits until the supervisor has brought each up again, in another process. */
  restart(parts: readonly PartName[], signal: 'SIGKILL' | 'SIGTERM'): Promise<void>;
  /** Runs `anchorwatch` as a stranger would. */
  command(...words: string[]): Promise<CommandResult>;
  /** The same, as another person. */
  commandAs(who: string, ...words: string[]): Promise<CommandResult>;
  stop(): Promise<void>;
}

export async function startTestStack(options: TestStackOptions = {}): Promise<TestStack> {
  const folder = mkdtempSync(join(tmpdir(), 'anchorwatch-system-'));
  const stateRoot = join(folder, 'state');
  mkdirSync(stateRoot);
  const env: NodeJS.ProcessEnv = { ...process.env, ANCHORWATCH_STATE: stateRoot, ANCHORWATCH_USER: 'tester', ...options.env };
  const said: string[] = [];
  options.prepare?.(folder);
  const stack = await startStack({
    cwd: folder,
    env,
    ports: 'any',
    say: (line) => said.push(line),
    ...(options.without && { without: options.without }),
  });
  const processOf = (part: PartName) => readStackRecord(stateRoot)?.processes[part] as ProcessRecord;
  const { session, close } = await openSession(env, folder);

  return {
    stack,
    session,
    folder,
    stateRoot,
    env,
    said,
    processOf,
    signal: (part, signal) => signalGroup(processOf(part), signal),
    async restart(parts, signal) {
      const before = parts.map(processOf);
      const heard = said.length;
      for (const process of before) signalGroup(process, signal);
      await until(() => before.every((process) => !isAlive(process)) || undefined);
      await until(() => parts.every((part) => said.slice(heard).includes(`${part} works again`)) || undefined);
    },
    command: (...words) => runCommand(folder, env, words),
    commandAs: (who, ...words) => runCommand(folder, { ...env, ANCHORWATCH_USER: who }, words),
    async stop() {
      close();
      await stack.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A session that stays open until it is closed. */
async function openSession(env: NodeJS.ProcessEnv, folder: string): Promise<{ session: Session; close: () => void }> {
  return new Promise((opened, failed) => {
    inSession((session) => new Promise<void>((close) => opened({ session, close })), env, folder).catch(failed);
  });
}

function signalGroup(leader: ProcessRecord, signal: NodeJS.Signals): void {
  for (const pid of groupMembers(leader)) process.kill(pid, signal);
}

async function runCommand(folder: string, env: NodeJS.ProcessEnv, words: readonly string[]): Promise<CommandResult> {
  const program = ownProgram('scripts/anchorwatch');
  const child = spawn(program.file, [...program.arguments, ...words], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const text = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream].setEncoding('utf8').on('data', (part: string) => {
      text[stream] += part;
    });
  const [code] = await once(child, 'close');
  return { code: code as number, ...text };
}
