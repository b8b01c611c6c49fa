import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Client, WorkflowExecutionInfo } from '@temporalio/client';
import type { ModelName } from '../../domain/identity/names.ts';
import { play } from '../../scripts/demo/play.ts';
import { startStack } from '../../scripts/embedded/stack.ts';
import { regridModel } from '../../scripts/models/regrid-model.ts';
import { inSession } from '../../scripts/models/session.ts';
import { rootsOf } from '../../worker/roots.ts';
import { until } from '../until.ts';

/**
 * A program: plays the demo in a neutral folder and keeps one history of each workflow and each way it ended.
 *
 *     node --import tsx test/replay/record.ts <release>
 *
 * A folder is written once: histories of what people run are never changed. What changes them before the next release is recorded beside
 * it, under a name of its own: 0.1.0-rules-2.
 */
const [release] = process.argv.slice(2);
if (release === undefined || !/^\d+\.\d+\.\d+(-[a-z0-9-]+)?$/.test(release)) throw new Error('Say for which release: record.ts 0.2.0');

const folder = '/tmp/anchorwatch';
const target = join(import.meta.dirname, release);
if (existsSync(target)) throw new Error(`${target} stands already; it is never changed.`);
Object.assign(process.env, { ANCHORWATCH_STATE: join(folder, 'state'), ANCHORWATCH_USER: 'demo' });
const roots = rootsOf(process.cwd(), process.env);
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
cpSync(join(roots.packageRoot, 'examples/bike-demand'), join(folder, 'bike-demand'), { recursive: true });

const say = (line: string) => console.log(line);
const stack = await startStack({ cwd: folder, env: process.env, ports: 'any', say });
try {
  await inSession(async (session) => {
    await play(session, join(folder, 'bike-demand'), say);
    await regridModel(session, 'bike-demand' as ModelName, 'to have it on record.');
    await untilChildrenEnded(session.client);
    mkdirSync(target);
    for (const [name, { workflowId, runId }] of await choose(session.client)) {
      const history = JSON.stringify(neutral(await session.client.workflow.getHandle(workflowId, runId).fetchHistory()));
      writeFileSync(join(target, `${name}.json.gz`), gzipSync(history, { level: 9 }));
      say(`${name}: ${(history.length / 1024).toFixed(0)} KB`);
    }
  });
} finally {
  await stack.stop();
}

/** All but the entity come to an end by themselves; what was asked for last may not be listed yet. */
async function untilChildrenEnded(client: Client): Promise<void> {
  await until(async () => {
    const ended = new Set<string>();
    for await (const { type, status } of client.workflow.list()) {
      if (status.name !== 'RUNNING') ended.add(type);
      else if (type !== 'maintainModel' && !isOfSchedules(type)) return undefined;
    }
    return ended.has('tidy') ? true : undefined;
  });
}

/** The longest of each type and way of ending, by the name of its file. */
async function choose(client: Client): Promise<Map<string, WorkflowExecutionInfo>> {
  const chosen = new Map<string, WorkflowExecutionInfo>();
  for await (const run of client.workflow.list()) {
    const name = `${run.type}.${String(run.searchAttributes.AnchorwatchOutcome?.[0] ?? run.status.name.toLowerCase())}`;
    if (!isOfSchedules(run.type) && run.historyLength > (chosen.get(name)?.historyLength ?? -1)) chosen.set(name, run);
  }
  return chosen;
}

/** Temporal runs a Schedule as a workflow of its own. */
function isOfSchedules(type: string): boolean {
  return type.startsWith('temporal-');
}

/**
 * A history as plain JSON: bytes as base64, long numbers as numbers, which is what replay takes. Whose machine it was and where its
 * program stood is nobody's business; replay looks at neither.
 */
function neutral(value: unknown, name = ''): unknown {
  if (name === 'stackTrace') return '';
  if (typeof value === 'string') return /^\d+@/.test(value) ? 'worker' : value;
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map((one) => neutral(one));
  if ('toNumber' in value && typeof value.toNumber === 'function') return value.toNumber();
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, neutral(member, key)]));
}
