import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createBaseliningActivities } from '../../activities/baselining.ts';
import type { LedgerDependencies } from '../../activities/ledger/model-ledger.ts';
import { readPolicyFile } from '../../adapters/policy-file/read-policy-file.ts';
import { eventTime, plusDays } from '../../domain/identity/event-time.ts';
import type { ModelName } from '../../domain/identity/names.ts';
import { checkId, taskQueue } from '../../domain/identity/workflow-ids.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import { checkDrift } from '../../workflows/check-drift.ts';
import { type OpenLedger, openLedgerForTest } from '../activities/open-ledger.ts';
import type { CountingPlace } from './counting-worker.ts';
import { Engine } from './engine.ts';

const model = 'heating' as ModelName;
const start = eventTime('2024-01-01');
const days = 44;
const asOf = plusDays(start, days);
const text = `model: heating
task: regression
sources:
  predictions: {files: "made/*.csv", id: house, time: day, prediction: said}
  outcomes: {files: "known/*.csv", id: house, label: used, knownAt: known}
baseline: {window: 14d}
`;

/** A file of predictions and one of their outcomes a day. */
async function writeDays(folder: string): Promise<void> {
  for (const name of ['made', 'known']) await mkdir(join(folder, name), { recursive: true });
  for (let day = 0; day < days; day += 1) {
    const date = plusDays(start, day).slice(0, 10);
    const houses = Array.from({ length: 40 }, (_, house) => ({ id: `${day}-${house}`, warmth: (house * 7 + day * 3) % 23 }));
    const made = houses.map(({ id, warmth }) => `${id},${date},${warmth},${warmth / 2}`);
    const known = houses.map(({ id, warmth }) => `${id},${warmth / 2 + 1},${date}T12:00:00Z`);
    await writeFile(join(folder, 'made', `${day + 100}.csv`), ['house,day,warmth,said', ...made].join('\n'));
    await writeFile(join(folder, 'known', `${day + 100}.csv`), ['house,used,known', ...known].join('\n'));
  }
}

/** Which entry stands for which segment, by the place in the ledger. */
async function entriesOf({ store }: LedgerDependencies): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for await (const key of store.list(`ledger/${model}/`)) found.set(key, new TextDecoder().decode(await store.get(key)));
  return found;
}

describe('three processes that count for one model', () => {
  let alone: OpenLedger;
  let shared: OpenLedger;
  let policy: Policy;
  let folder: string;
  const workers: ChildProcess[] = [];

  beforeAll(async () => {
    [alone, shared] = [await openLedgerForTest(), await openLedgerForTest()];
    folder = join(alone.stateRoot, 'files');
    await writeDays(folder);
    await writeFile(join(folder, 'anchorwatch.yaml'), text);
    const read = readPolicyFile(join(folder, 'anchorwatch.yaml'));
    if (!read.ok) throw new Error('the policy does not hold');
    policy = read.policy;
  });
  afterAll(async () => {
    for (const worker of workers) worker.kill('SIGTERM');
    await Promise.all([alone.close(), shared.close()]);
  });

  const startWorker = async (place: CountingPlace) => {
    const program = fileURLToPath(new URL('./counting-worker.ts', import.meta.url));
    const worker = spawn(process.execPath, ['--import', 'tsx', program, JSON.stringify(place)], { stdio: ['ignore', 'pipe', 'inherit'] });
    workers.push(worker);
    await once(worker.stdout as NodeJS.ReadableStream, 'data');
  };

  it('given a first check finds six weeks, then each segment is counted once, by more than one of them, as one alone counts it', async () => {
    const applied = await alone.apply(policy, folder);
    const { baseline } = await createBaseliningActivities(alone).takeBaseline({ model, policy: applied, asOf });
    expect(baseline).toBeDefined();

    expect((await shared.apply(policy, folder)).digest).toBe(applied.digest);
    const engine = new Engine({ askModel: async () => ({ policy: applied, clock: 'live' }) });
    const { installation } = engine.place;
    const tally = join(shared.stateRoot, 'tally');
    const place = { address: inject('temporalAddress'), queue: taskQueue(installation, 'heavy'), stateRoot: shared.stateRoot, tally };
    await Promise.all([1, 2, 3].map(() => startWorker(place)));
    const report = await engine.while(
      () =>
        engine.client.workflow.execute(checkDrift, {
          workflowId: `${checkId(installation, model)}-by-hand`,
          taskQueue: taskQueue(installation, 'control'),
          args: [model, engine.place, asOf],
        }),
      { without: 'heavy' },
    );
    expect(report.report).toBeDefined();

    const counts = readFileSync(tally, 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.split(' ') as [string, string]);
    const segments = counts.map(([, segment]) => segment);
    expect(segments).toHaveLength(2 * days);
    expect(new Set(segments).size).toBe(2 * days);
    expect(new Set(counts.map(([process]) => process)).size).toBeGreaterThan(1);
    expect(await entriesOf(shared)).toEqual(await entriesOf(alone));
  });
});
