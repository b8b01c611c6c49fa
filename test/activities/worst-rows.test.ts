import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAssessingActivities } from '../../activities/assessing.ts';
import { createBaseliningActivities } from '../../activities/baselining.ts';
import { readPolicyFile } from '../../adapters/policy-file/read-policy-file.ts';
import { type EventTime, eventTime, plusDays } from '../../domain/identity/event-time.ts';
import type { ModelName } from '../../domain/identity/names.ts';
import type { WorstRows } from '../../domain/ledger/worst-rows.ts';
import type { AppliedPolicy } from '../../domain/policy/applied-policy.ts';
import type { Report } from '../../domain/report/report.ts';
import { privateFolders } from '../../domain/store/private-folders.ts';
import { type OpenLedger, openLedgerForTest } from './open-ledger.ts';

const model = 'demand' as ModelName;
const start = eventTime('2024-01-01');
const policyText = (outcomes: string, performance: string) => `model: demand
task: regression
sources:
  predictions: {files: "made/*.csv", id: [customer, order], time: at, prediction: said}
  outcomes: {files: "known/*.csv", id: [customer, order], label: came, knownAt: known, maturesAfter: 2d${outcomes}}
columns: {ignore: [customer, order]}
baseline: {window: 14d}
performance: {drop: 50% relative${performance}}
`;

let ledger: OpenLedger;
let folder: string;

beforeEach(async () => {
  ledger = await openLedgerForTest();
  folder = join(ledger.stateRoot, 'files');
  await Promise.all(['made', 'known'].map((name) => mkdir(join(folder, name), { recursive: true })));
  const made = ['customer,order,at,size,said'];
  const known: [string, number, number][] = [];
  for (let day = 0; day < 23; day += 1) {
    for (let row = 0; row < 10; row += 1) {
      made.push(`person-${day},order-${row},${plusDays(start, day).slice(0, 10)},${row},100`);
      if (row > 0) known.push([`person-${day},order-${row}`, 100 + row, day + 1]);
    }
  }
  await writeFile(join(folder, 'made', 'all.csv'), made.join('\n'));
  await know('in-time', known);
});
afterEach(() => ledger.close());

async function know(name: string, outcomes: readonly (readonly [id: string, came: number, onDay: number])[]): Promise<void> {
  const lines = outcomes.map(([id, came, day]) => `${id},${came},${plusDays(start, day)}`);
  await writeFile(join(folder, 'known', `${name}.csv`), ['customer,order,came,known', ...lines].join('\n'));
}

async function apply(outcomes = '', performance = ''): Promise<AppliedPolicy> {
  await writeFile(join(folder, 'anchorwatch.yaml'), policyText(outcomes, performance));
  const read = readPolicyFile(join(folder, 'anchorwatch.yaml'));
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return ledger.apply(read.policy, folder);
}

async function look(policy: AppliedPolicy, asOf: EventTime): Promise<{ report: Report; worst: WorstRows | undefined }> {
  const { baseline } = await createBaseliningActivities(ledger).takeBaseline({ model, policy, asOf: plusDays(start, 23), anyway: nobody });
  const order = { model, policy, asOf, ...(baseline !== undefined && { baseline }) };
  const { report: digest } = await createAssessingActivities(ledger).assess(order);
  const report = (await ledger.artefacts.read<Report>('report', digest)) as Report;
  return { report, worst: report.worst && (await ledger.rows.read(model, report.worst.digest)) };
}

const nobody = { who: 'nobody', reason: 'a test', at: start } as never;

async function keysIn(store: OpenLedger['store'], prefix: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const key of store.list(prefix)) keys.push(key);
  return keys;
}

describe('given a model whose outcomes are known', () => {
  it('when it is looked at, then the rows of the matured window that were most wrong are kept by id, and the report says where', async () => {
    const { report, worst } = await look(await apply('', ', worstRows: 9'), plusDays(start, 23));
    expect(report.worst?.rows).toBe(9);
    expect(worst).toMatchObject({
      kind: 'worst-rows',
      model,
      version: report.version,
      asOf: report.asOf,
      window: { from: plusDays(start, 14), to: plusDays(start, 21) },
      idColumns: ['customer', 'order'],
      by: 'absoluteError',
    });
    expect(worst?.madeFrom).toContain(report.entries);
    expect(worst?.rows.slice(0, 2)).toEqual([
      { id: ['person-20', 'order-9'], day: '2024-01-21', prediction: 100, outcome: 109, loss: 9 },
      { id: ['person-19', 'order-9'], day: '2024-01-20', prediction: 100, outcome: 109, loss: 9 },
    ]);
    expect(worst?.rows.slice(7).map(({ id }) => id)).toEqual([
      ['person-20', 'order-8'],
      ['person-19', 'order-8'],
    ]);
  });

  it('when it is looked at twice, then the rows are one object, in a folder of the model, and nothing else in the store names a row', async () => {
    const policy = await apply();
    const once = await look(policy, plusDays(start, 23));
    expect((await look(policy, plusDays(start, 23))).report).toEqual(once.report);
    expect(await keysIn(ledger.store, 'rows/')).toEqual([`rows/${model}/worst-rows/${once.report.worst?.digest}.json`]);
    const others = (await keysIn(ledger.store, '')).filter((key) => !privateFolders.includes(key.split('/')[0] as string));
    expect(others.length).toBeGreaterThan(3);
    for (const key of others) expect(new TextDecoder().decode(await ledger.store.get(key)), key).not.toMatch(/person-\d|order-\d/);
  });

  it('when an outcome comes later, then looks from then on see it and one as of before does not', async () => {
    const policy = await apply();
    const before = await look(policy, plusDays(start, 22));
    await know('late', [['person-15,order-1', 1100, 22.5]]);
    expect((await look(policy, plusDays(start, 23))).worst?.rows[0]).toMatchObject({ id: ['person-15', 'order-1'], loss: 1000 });
    expect((await look(policy, plusDays(start, 22))).report).toEqual(before.report);
  });

  it('when absence means a label, then rows without an outcome are among them, marked', async () => {
    const { worst } = await look(await apply(', absentMeans: 0'), plusDays(start, 23));
    expect(worst?.rows.slice(0, 8).map(({ outcome, presumed, loss }) => [outcome, presumed, loss])).toEqual([
      ...Array.from({ length: 7 }, () => [0, true, 100]),
      [109, undefined, 9],
    ]);
  });

  it('when the policy wants none, then none are kept', async () => {
    const { report } = await look(await apply('', ', worstRows: 0'), plusDays(start, 23));
    expect(report.worst).toBeUndefined();
    expect(report.signals.some(({ layer, value }) => layer === 'performance' && value !== undefined)).toBe(true);
    expect(await keysIn(ledger.store, 'rows/')).toEqual([]);
  });
});
