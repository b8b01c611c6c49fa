import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isAlive } from '../../adapters/process/process-record.ts';
import { ownProgram } from '../../scripts/embedded/own-program.ts';
import { findTemporal } from '../../scripts/embedded/temporal-part.ts';
import { rootsOf } from '../../worker/roots.ts';
import { readStackRecord } from '../../worker/stack-record.ts';
import { until } from '../until.ts';

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'anchorwatch-demo-'));
const stateRoot = join(folder, 'state');
const env = { ...process.env, ANCHORWATCH_STATE: stateRoot };
const program = ownProgram('scripts/anchorwatch');

const demo = spawn(program.file, [...program.arguments, 'demo'], { cwd: folder, env });
let told = '';
demo.stdout.on('data', (chunk) => {
  told += chunk;
});
demo.stderr.on('data', (chunk) => {
  told += chunk;
});
const ended = new Promise<number | null>((resolve) => demo.on('close', resolve));

beforeAll(async () => {
  await Promise.race([ended, new Promise<void>((resolve) => demo.stdout.on('data', () => told.includes('stays up until') && resolve()))]);
}, 900_000);

afterAll(async () => {
  demo.kill('SIGTERM');
  await ended;
  rmSync(folder, { recursive: true, force: true });
});

/** Asks Temporal's own command line. */
async function temporal<T>(...words: string[]): Promise<T> {
  const tool = (await findTemporal(rootsOf(folder, env), env))?.path as string;
  const address = readStackRecord(stateRoot)?.addresses.temporal as string;
  const { stdout } = await run(tool, [...words, '--address', address, '--namespace', 'anchorwatch', '--output', 'json'], {
    maxBuffer: 64 * 2 ** 20,
  });
  return JSON.parse(stdout) as T;
}

/** Asks our own command line. */
async function ask(...words: string[]): Promise<string> {
  return (await run(program.file, [...program.arguments, ...words], { cwd: folder, env, maxBuffer: 64 * 2 ** 20 })).stdout;
}

/** Asks MLflow over its REST interface. */
async function mlflow<T>(route: string): Promise<T> {
  const response = await fetch(`${readStackRecord(stateRoot)?.addresses.mlflow}/api/2.0/mlflow/${route}`);
  return (await response.json()) as T;
}

interface Listed {
  readonly execution: { readonly workflowId: string; readonly runId: string };
  readonly type: { readonly name: string };
  readonly status: string;
}

interface RegisteredVersion {
  readonly model_version: { readonly tags: readonly { readonly key: string; readonly value: string }[] };
}

describe('after the demo, asked through the servers’ own interfaces', () => {
  it('given the story, then every act ended as it must', () => {
    expect(told).toMatch(/7 of 7 acts ended as they must/);
    expect(told).not.toContain('✗');
  });

  it('given Temporal, then both Schedules exist, the replayed one paused', async () => {
    const schedules = await temporal<{ scheduleId: string }[]>('schedule', 'list');
    expect(schedules.map(({ scheduleId }) => scheduleId).sort()).toEqual(['anchorwatch/check/bike-demand', 'anchorwatch/tidy']);
    const check = await temporal<{ schedule: { state: { paused?: boolean } } }>(
      'schedule',
      'describe',
      '--schedule-id',
      'anchorwatch/check/bike-demand',
    );
    expect(check.schedule.state.paused).toBe(true);
  });

  it('given Temporal, then workflows of the seven types it plays ended or run as they should, and no workflow task failed', async () => {
    const listed = await temporal<Listed[]>('workflow', 'list', '--limit', '500');
    const types = new Set(listed.map(({ type }) => type.name));
    expect([...types].sort()).toEqual(['checkDrift', 'maintainModel', 'retrain', 'rollBack', 'rollOut', 'snapshotBaseline', 'tidy']);
    for (const { type, status } of listed) {
      expect(status).toBe(type.name === 'maintainModel' ? 'WORKFLOW_EXECUTION_STATUS_RUNNING' : 'WORKFLOW_EXECUTION_STATUS_COMPLETED');
    }
    for (const { execution } of listed) {
      const { events } = await temporal<{ events: { eventType: string }[] }>(
        'workflow',
        'show',
        '--workflow-id',
        execution.workflowId,
        '--run-id',
        execution.runId,
      );
      expect(events.map(({ eventType }) => eventType)).not.toContain('EVENT_TYPE_WORKFLOW_TASK_FAILED');
    }
  });

  it('given MLflow, then the champion is the promoted version, and refused and rolled-back candidates carry their reasons', async () => {
    const tagsOf = async (version: string) => {
      const { model_version } = await mlflow<RegisteredVersion>(`model-versions/get?name=bike-demand&version=${version}`);
      return Object.fromEntries(model_version.tags.map(({ key, value }) => [key, value]));
    };
    const champion = await mlflow<{ model_version: { version: string } }>('registered-models/alias?name=bike-demand&alias=champion');
    expect((await tagsOf(champion.model_version.version))['anchorwatch.status']).toBe('promoted');

    const tags = await Promise.all(['1', '2', '3', '4'].map(tagsOf));
    const statuses = tags.map((tag) => tag['anchorwatch.status']);
    expect(statuses.filter((status) => status === 'refused')).toHaveLength(1);
    expect(statuses.filter((status) => status === 'rolled-back')).toHaveLength(1);
    for (const tag of tags) expect(tag['anchorwatch.reason']).toMatch(/\w+ \w+/);
  });

  it('given the last decision, when a person asks why, then the reasons are told with numbers and policy lines, and come out the same', async () => {
    const told = await ask('why', 'bike-demand');
    expect(told).toContain('Recomputed from the recorded inputs: the same decision.');
    expect(told).toMatch(/\d.*\n {4}policy: [\w.]+ {2}(default|\S+anchorwatch\.yaml:\d+)/);
  });

  it('given the decision that retrained, when a person asks why, then it names the lines of the file that made it', async () => {
    const { records } = JSON.parse(await ask('history', 'bike-demand', '--json')) as {
      records: { what: string; key: string; says: string }[];
    };
    const promotion = records.find(({ what, says }) => what === 'rollout' && says.startsWith('Version 2 is the champion'));
    const decision = promotion?.key.split('/')[0] as string;
    const told = await ask('why', 'bike-demand', decision);
    expect(told).toMatch(/Mean error [\d.]+, anchor [\d.]+.*\n.*anchorwatch\.yaml:\d+/);
    expect(told).toContain('Recomputed from the recorded inputs: the same decision.');
  });

  it('given ctrl-C, then it ends with exit code 0 and leaves no process', async () => {
    const processes = Object.values(readStackRecord(stateRoot)?.processes ?? {});
    expect(processes.length).toBeGreaterThan(0);
    demo.kill('SIGINT');
    expect(await ended).toBe(0);
    await until(() => processes.every((process) => !isAlive(process)) || undefined);
  });
});
