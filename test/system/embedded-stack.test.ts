import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { groupMembers } from '../../adapters/process/group-members.ts';
import { isAlive, type ProcessRecord } from '../../adapters/process/process-record.ts';
import { stopGroup } from '../../adapters/process/stop-group.ts';
import { answers } from '../../adapters/serving/answers.ts';
import { startStack } from '../../scripts/embedded/stack.ts';
import { StackAlreadyUp } from '../../scripts/embedded/stack-failure.ts';
import { loadConfiguration } from '../../worker/configuration.ts';
import { readStackRecord, type StackRecord } from '../../worker/stack-record.ts';
import { temporalShortcomings } from '../../worker/temporal-readiness.ts';

const root = join(import.meta.dirname, '../..');

interface Holder {
  readonly process: ChildProcess;
  readonly said: string[];
}

describe('the embedded stack, without workers', () => {
  const folder = mkdtempSync(join(tmpdir(), 'anchorwatch-stack-'));
  const stateRoot = join(folder, 'state');
  const env = { ...process.env, ANCHORWATCH_STATE: stateRoot };
  const seen: ProcessRecord[] = [];
  let holder: Holder;

  const record = () => {
    const found = readStackRecord(stateRoot) as StackRecord;
    seen.push(...Object.values(found.processes));
    return found;
  };

  beforeAll(async () => {
    holder = await hold(env);
  });

  afterAll(async () => {
    holder.process.kill('SIGKILL');
    for (const process of seen) await stopGroup(process, 0);
    rmSync(folder, { recursive: true, force: true });
  });

  it('given an empty folder, when it is up, then Temporal has all a worker needs, MLflow and the gateway answer', async () => {
    const { addresses, upSince } = record();
    expect(upSince).toBeDefined();
    const connection = await Connection.connect({ address: addresses.temporal });
    expect(await temporalShortcomings(connection, loadConfiguration({ cwd: folder, env }).temporal)).toEqual([]);
    await connection.close();
    expect(
      await Promise.all([answers(addresses.temporalUi), answers(`${addresses.mlflow}/health`), answers(`${addresses.gateway}/healthz`)]),
    ).toEqual([true, true, true]);
  });

  it('given a stack that is up, when a second one is asked for, then it is refused and names the first', async () => {
    const second = startStack({ cwd: folder, env, ports: 'any', say: () => undefined });
    await expect(second).rejects.toThrow(StackAlreadyUp);
    await expect(second).rejects.toMatchObject({ pid: holder.process.pid });
  });

  it('given a part that is killed, when a moment has passed, then it is said, and the part answers again at its address', async () => {
    const before = record();
    const gateway = before.processes.gateway as ProcessRecord;
    process.kill(gateway.pid, 'SIGKILL');
    await until(() => holder.said.some((line) => line.includes('gateway works again')));
    expect(holder.said.join('')).toContain('gateway ended by itself; starting it again');
    expect(await answers(`${before.addresses.gateway}/healthz`)).toBe(true);
    expect(record().processes.gateway).not.toEqual(gateway);
  });

  it('given a supervisor that was killed, when the next comes, then it keeps the servers that answer, at their addresses', async () => {
    const before = record();
    holder.process.kill('SIGKILL');
    await once(holder.process, 'exit');
    expect(Object.values(before.processes).every(isAlive)).toBe(true);

    holder = await hold(env);
    const after = record();
    expect(after.addresses).toEqual(before.addresses);
    expect(after.processes).toEqual(before.processes);
  });

  it('given a supervisor and a server that were killed, when the next comes, then it ends what is left of that server and starts it anew', async () => {
    const before = record();
    const mlflow = before.processes.mlflow as ProcessRecord;
    holder.process.kill('SIGKILL');
    await once(holder.process, 'exit');
    process.kill(mlflow.pid, 'SIGKILL');
    await until(() => !isAlive(mlflow));

    holder = await hold(env);
    expect(groupMembers(mlflow)).toEqual([]);
    expect(await answers(`${record().addresses.mlflow}/health`)).toBe(true);
  });

  it('given SIGTERM, when it has ended, then no process is left and the state stands for the next start', async () => {
    const before = record();
    holder.process.kill('SIGTERM');
    const [code] = await once(holder.process, 'exit');
    expect(code).toBe(0);
    expect(seen.flatMap(groupMembers)).toEqual([]);
    expect(readStackRecord(stateRoot)).toEqual({ schemaVersion: 1, addresses: before.addresses, processes: {} });
  });
});

describe('a start of the stack that cannot succeed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'anchorwatch-stack-'));
  const cleanUps: (() => void)[] = [];
  afterEach(() => {
    for (const cleanUp of cleanUps.splice(0)) cleanUp();
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('given no MLflow, when it is started, then it is named with the command to run and nothing is left running', async () => {
    const stateRoot = join(folder, 'without-mlflow');
    const env = { ...process.env, ANCHORWATCH_STATE: stateRoot, ANCHORWATCH_PYTHON_BIN: '/nowhere' };
    const start = startStack({ cwd: folder, env, ports: 'any', say: () => undefined });
    await expect(start).rejects.toThrow(/no MLflow in \/nowhere[\s\S]*setup\.mjs/);
    expect(readStackRecord(stateRoot)?.processes ?? {}).toEqual({});
  });

  it('given a database that is no database, when it is started, then the part is named with the end of its log', async () => {
    const stateRoot = join(folder, 'broken');
    const env = { ...process.env, ANCHORWATCH_STATE: stateRoot };
    mkdirSync(stateRoot, { recursive: true });
    writeFileSync(join(stateRoot, 'temporal.db'), 'this is no database, and long enough to be looked at. '.repeat(200));
    const start = startStack({ cwd: folder, env, ports: 'any', without: ['mlflow', 'worker', 'heavy-worker'], say: () => undefined });
    await expect(start).rejects.toThrow(/temporal ended while it was starting\. The end of .*temporal\.log:\n {4}\S/);
    expect(readStackRecord(stateRoot)?.processes).toEqual({});
  });

  it('given a recorded port that another program has taken, when it is started, then that part moves to a free one', async () => {
    const stateRoot = join(folder, 'taken');
    const env = { ...process.env, ANCHORWATCH_STATE: stateRoot };
    const options = {
      cwd: folder,
      env,
      ports: 'any' as const,
      without: ['temporal', 'mlflow', 'worker', 'heavy-worker'] as const,
      say: () => undefined,
    };
    const first = await startStack(options);
    await first.stop();

    const squatter = createServer().listen(Number(new URL(first.addresses.gateway).port), '127.0.0.1');
    await once(squatter, 'listening');
    cleanUps.push(() => squatter.close());
    const second = await startStack(options);
    expect(second.addresses.gateway).not.toBe(first.addresses.gateway);
    expect({ ...second.addresses, gateway: '' }).toEqual({ ...first.addresses, gateway: '' });
    expect(await answers(`${second.addresses.gateway}/healthz`)).toBe(true);
    await second.stop();
    expect(JSON.parse(readFileSync(join(stateRoot, 'stack.json'), 'utf8')).processes).toEqual({});
  });
});

async function hold(env: NodeJS.ProcessEnv): Promise<Holder> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'test/system/programs/hold-stack.ts'], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => said.push(text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => said.push(text));
  await until(() => said.join('').includes('holding') || child.exitCode !== null);
  if (child.exitCode !== null) throw new Error(`The stack did not come up:\n${said.join('')}`);
  return { process: child, said };
}

/** Waits as long as the test may last: only the condition ends it. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 50));
}
