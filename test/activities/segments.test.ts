import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAssessingActivities } from '../../activities/assessing.ts';
import { createBaseliningActivities } from '../../activities/baselining.ts';
import { readPolicyFile } from '../../adapters/policy-file/read-policy-file.ts';
import { eventTime, plusDays } from '../../domain/identity/event-time.ts';
import type { Digest, ModelName } from '../../domain/identity/names.ts';
import type { Report } from '../../domain/report/report.ts';
import { seededRandom } from '../../domain/statistics/seeded-random.ts';
import { type OpenLedger, openLedgerForTest } from './open-ledger.ts';

const model = 'churn' as ModelName;
const start = eventTime('2024-01-01');
const policyText = (absentMeans: string) => `model: churn
task: {kind: classification, positive: 1}
sources:
  predictions: {files: "made/*.csv", id: customer, time: day, prediction: said}
  outcomes: {files: "known/*.csv", id: customer, label: left, knownAt: known, maturesAfter: 1d${absentMeans}}
columns: {ignore: [plan]}
segments: {plan: [free, pro], new: "joined < 10d", newPlans: {cross: [plan, new]}}
baseline: {window: 8w}
watch: {schedule: weekly, window: 7d}
performance: {metric: accuracy, drop: 20% relative, segments: {pro: 10% relative}}
fairness: {by: [plan]}
`;

let ledger: OpenLedger;
let folder: string;

beforeEach(async () => {
  ledger = await openLedgerForTest();
  folder = join(ledger.stateRoot, 'files');
  await Promise.all(['made', 'known'].map((name) => mkdir(join(folder, name), { recursive: true })));
});
afterEach(() => ledger.close());

/** Nine weeks of customers, one in seven of plan pro; in the last week answers for these are mostly wrong, and their remarks long. */
async function writeWeeks(told: 'all' | 'who left'): Promise<void> {
  const random = seededRandom(5);
  for (let week = 0; week < 9; week += 1) {
    const made = ['customer,day,plan,joined,remark,tenure,said'];
    const known = ['customer,left,known'];
    for (let row = 0; row < 700; row += 1) {
      const day = plusDays(start, 7 * week + (row % 7));
      const plan = Math.floor(row / 7) % 7 === 0 ? 'pro' : 'free';
      const isOdd = week === 8 && plan === 'pro';
      const left = random() < 0.5 ? 1 : 0;
      const said = random() < (isOdd ? 0.3 : 0.8) ? left : 1 - left;
      const joined = plusDays(day, -(row % 20)).slice(0, 10);
      const remark = `remark ${row} of week ${week}${isOdd ? ', which is by far longer than all that came before it' : ''}`;
      made.push([`${week}-${row}`, day.slice(0, 10), plan, joined, `"${remark}"`, row % 40, said].join(','));
      if (told === 'all' || left === 1) known.push([`${week}-${row}`, left, plusDays(day, 1)].join(','));
    }
    await writeFile(join(folder, 'made', `${week}.csv`), made.join('\n'));
    await writeFile(join(folder, 'known', `${week}.csv`), known.join('\n'));
  }
}

async function checked(absentMeans: string): Promise<{ readonly says: string; readonly report: Report }> {
  await writeFile(join(folder, 'anchorwatch.yaml'), policyText(absentMeans));
  const read = readPolicyFile(join(folder, 'anchorwatch.yaml'));
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const policy = await ledger.apply(read.policy, folder);
  const taken = await createBaseliningActivities(ledger).takeBaseline({ model, policy, asOf: plusDays(start, 58) });
  const answer = await createAssessingActivities(ledger).assess({
    model,
    policy,
    baseline: taken.baseline as Digest,
    asOf: plusDays(start, 64),
  });
  return { says: taken.says, report: (await ledger.artefacts.read<Report>('report', answer.report)) as Report };
}

const found = ({ signals }: Report) =>
  Object.fromEntries(
    signals.flatMap(({ segment, layer, subject, outcome }) =>
      segment === undefined ? [] : [[`${subject} in ${segment}`, `${layer} ${outcome}`]],
    ),
  );

describe('given a small plan that gets worse in the last week', () => {
  it('when it is checked, then its segment alarms and the whole does not, and it is told what moved there', async () => {
    await writeWeeks('all');
    const { says, report } = await checked('');
    expect(says).toContain('Watched is the age of joined, length of remark, by what their values are.');
    const drop = report.signals.find(({ statistic, segment }) => statistic === 'drop' && segment === undefined);
    expect(drop).toMatchObject({ outcome: 'pass' });
    expect(report.outcome).toBe('fail');
    expect(found(report)).toMatchObject({
      'accuracy in plan=free': 'performance pass',
      'accuracy in plan=pro': 'performance fail',
      'accuracy in plan=pro & new': 'performance fail',
      'remark in plan=pro': 'inputs fail',
    });
    expect(report.says[0]).toContain('Accuracy in plan=pro');
    const apart = report.signals.filter(({ statistic, outcome }) => statistic === 'fairness' && outcome === 'fail');
    expect(apart.map(({ subject }) => subject)).toEqual(expect.arrayContaining(['opportunity by plan', 'gap by plan']));
  });

  it('given absence means to have stayed, when only those who left are told, then every figure of a segment is the same', async () => {
    await writeWeeks('all');
    const all = (await checked('')).report;
    await ledger.close();

    ledger = await openLedgerForTest();
    folder = join(ledger.stateRoot, 'files');
    await Promise.all(['made', 'known'].map((name) => mkdir(join(folder, name), { recursive: true })));
    await writeWeeks('who left');
    const absent = (await checked(', absentMeans: 0')).report;
    const figures = ({ signals }: Report) =>
      signals
        .filter(({ segment, layer }) => segment !== undefined && layer === 'performance')
        .map(({ value, reference, pValue }) => [value, reference, pValue]);
    expect(figures(absent)).toEqual(figures(all));
    expect(figures(all)).toHaveLength(5);
  });
});
