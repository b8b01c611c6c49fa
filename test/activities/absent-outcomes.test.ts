import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAssessingActivities } from '../../activities/assessing.ts';
import { createBaseliningActivities } from '../../activities/baselining.ts';
import { readPolicyFile } from '../../adapters/policy-file/read-policy-file.ts';
import { type EventTime, eventTime, plusDays } from '../../domain/identity/event-time.ts';
import type { Digest, ModelName } from '../../domain/identity/names.ts';
import type { AppliedPolicy } from '../../domain/policy/applied-policy.ts';
import type { Report } from '../../domain/report/report.ts';
import { seededRandom } from '../../domain/statistics/seeded-random.ts';
import { type OpenLedger, openLedgerForTest } from './open-ledger.ts';

const model = 'churn' as ModelName;
const policyText = (more: string) => `model: churn
task: {kind: classification, positive: 1}
sources:
  predictions: {files: "made/*.csv", id: customer, time: day, prediction: said, score: p}
  outcomes: {files: "known/*.csv", id: customer, label: left, knownAt: known, maturesAfter: 7d${more}}
baseline: {window: 8w}
watch: {schedule: weekly, window: 7d}
performance: {metric: prAuc, drop: 10% relative}
`;
const start = eventTime('2024-01-01');
const rowsPerWeek = 420;

let ledger: OpenLedger;
let folder: string;

beforeEach(async () => {
  ledger = await openLedgerForTest();
  folder = join(ledger.stateRoot, 'files');
  await Promise.all(['made', 'known'].map((name) => mkdir(join(folder, name), { recursive: true })));
});
afterEach(() => ledger.close());

async function know(name: string, outcomes: readonly (readonly [customer: string, left: number, known: EventTime])[]): Promise<void> {
  const lines = outcomes.map(([customer, left, known]) => `${customer},${left},${known}`);
  await writeFile(join(folder, 'known', `${name}.csv`), ['customer,left,known', ...lines].join('\n'));
}

/** Eleven weeks of customers. Those who left are known six days later; of those who stayed nothing is known, or as much. */
async function writeWeeks(told: 'all' | 'who left'): Promise<void> {
  const random = seededRandom(3);
  for (let week = 0; week < 11; week += 1) {
    const made = ['customer,day,tenure,said,p'];
    const known: [string, number, EventTime][] = [];
    for (let row = 0; row < rowsPerWeek; row += 1) {
      const p = random() ** 3;
      const day = plusDays(start, 7 * week + (row % 7));
      const left = random() < p ? 1 : 0;
      made.push(`${week}-${row},${day.slice(0, 10)},${row % 40},${p > 0.5 ? 1 : 0},${p.toFixed(4)}`);
      if (told === 'all' || left === 1) known.push([`${week}-${row}`, left, plusDays(day, 6)]);
    }
    await writeFile(join(folder, 'made', `${week + 10}.csv`), made.join('\n'));
    await know(String(week + 10), known);
  }
}

async function apply(more: string): Promise<AppliedPolicy> {
  await writeFile(join(folder, 'anchorwatch.yaml'), policyText(more));
  const read = readPolicyFile(join(folder, 'anchorwatch.yaml'));
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return ledger.apply(read.policy, folder);
}

async function takeBaseline(policy: AppliedPolicy): Promise<Digest> {
  return (await createBaseliningActivities(ledger).takeBaseline({ model, policy, asOf: plusDays(start, 63) })).baseline as Digest;
}

async function check(policy: AppliedPolicy, baseline: Digest, days: number): Promise<Report> {
  const answer = await createAssessingActivities(ledger).assess({ model, policy, baseline, asOf: plusDays(start, days) });
  return (await ledger.artefacts.read<Report>('report', answer.report)) as Report;
}

const judged = ({ signals }: Report) =>
  signals.flatMap(({ layer, statistic, outcome, value, reference, pValue, statistics }) =>
    layer === 'performance' ? [{ statistic, outcome, value, reference, pValue, statistics: { ...statistics, labelledShare: 1 } }] : [],
  );
const labelledShare = ({ signals }: Report) => signals.find(({ statistic }) => statistic === 'drop')?.statistics.labelledShare as number;

describe('given outcomes of those who left alone, and absence that means to have stayed', () => {
  it('when it is checked, then every figure is the one of labels that were all told, and the labelled share is said', async () => {
    await writeWeeks('all');
    const all = await apply('');
    const expected = judged(await check(all, await takeBaseline(all), 84));
    await ledger.close();

    ledger = await openLedgerForTest();
    folder = join(ledger.stateRoot, 'files');
    await Promise.all(['made', 'known'].map((name) => mkdir(join(folder, name), { recursive: true })));
    await writeWeeks('who left');
    const absent = await apply(', absentMeans: 0');
    const report = await check(absent, await takeBaseline(absent), 84);
    expect(judged(report)).toEqual(expected);
    expect(expected[0]?.outcome).toBe('pass');
    expect(labelledShare(report)).toBeLessThan(0.4);
    expect(report.says[0]).toMatch(/% of the rows have an outcome, the others count as 0\.$/);
  });

  it('when labels that are not mature become known, then no verdict changes', async () => {
    await writeWeeks('who left');
    const policy = await apply(', absentMeans: 0');
    const baseline = await takeBaseline(policy);
    const before = await check(policy, baseline, 77);
    await know(
      'early',
      Array.from({ length: rowsPerWeek }, (_, row) => [`10-${row}`, 1, plusDays(start, 76)] as const),
    );
    const after = await check(policy, baseline, 77);
    expect(after.entries).not.toBe(before.entries);
    expect(after.signals).toEqual(before.signals);
    expect(after.says).toEqual(before.says);
  });

  it('when an outcome comes after its time, then it replaces what was presumed from then on, and not before', async () => {
    await writeWeeks('who left');
    const policy = await apply(', absentMeans: 0');
    const baseline = await takeBaseline(policy);
    const before = await check(policy, baseline, 84);
    await know(
      'late',
      Array.from({ length: rowsPerWeek }, (_, row) => [`10-${row}`, 1, plusDays(start, 84.2)] as const),
    );
    expect((await check(policy, baseline, 84)).signals).toEqual(before.signals);
    const after = await check(policy, baseline, 84.5);
    expect(labelledShare(after)).toBe(1);
    expect(after.signals.find(({ statistic }) => statistic === 'drop')?.statistics.rows).toBe(rowsPerWeek);
  });

  it('when absence begins to mean something after the baseline was taken, then the baseline is read in the same sense', async () => {
    await writeWeeks('who left');
    const [without, absent] = [await apply(''), await apply(', absentMeans: 0')];
    const former = await takeBaseline(without);
    const reports = [await check(absent, former, 84), await check(absent, await takeBaseline(absent), 84)];
    expect(judged(reports[0] as Report)).toEqual(judged(reports[1] as Report));
    expect(judged(reports[0] as Report)[0]?.outcome).toBe('pass');
  });
});

describe('given labels that mature', () => {
  it('when a fifth of them stay away, then that is a flaw of quality; while there is no past of production, nothing is said', async () => {
    await writeWeeks('all');
    const policy = await apply('');
    const baseline = await takeBaseline(policy);
    const flaw = ({ signals }: Report) => signals.find(({ statistic }) => statistic === 'unlabelled');
    expect(flaw(await check(policy, baseline, 77))).toBeUndefined();

    await know(
      '20',
      Array.from({ length: 340 }, (_, row) => [`10-${row}`, 0, plusDays(start, 76)] as const),
    );
    const report = await check(policy, baseline, 84);
    expect(flaw(report)).toMatchObject({ layer: 'quality', subject: 'outcomes', outcome: 'fail', threshold: 0.1 });
    expect(flaw(report)?.statistics.share).toBeCloseTo(80 / 420, 9);
    expect(flaw(report)?.says).toContain('matured and without an outcome');
    expect(report.outcome).toBe('fail');
  });

  it('when the newest outcomes carry other ids, then that is a flaw of quality; while they find their predictions, nothing is said', async () => {
    await writeWeeks('all');
    const policy = await apply('');
    const baseline = await takeBaseline(policy);
    const flaw = ({ signals }: Report) => signals.find(({ statistic }) => statistic === 'orphaned');
    expect(flaw(await check(policy, baseline, 77))).toBeUndefined();

    await know(
      '20',
      Array.from({ length: 340 }, (_, row) => [`week-10-${row}`, 0, plusDays(start, 82)] as const),
    );
    const report = await check(policy, baseline, 84);
    expect(flaw(report)).toMatchObject({ outcome: 'fail', statistics: { share: 1, shareInBaseline: 0, rowsInWindow: 340 } });
    expect(report.outcome).toBe('fail');
  });
});
