import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAssessingActivities } from '../../activities/assessing.ts';
import { createBaseliningActivities } from '../../activities/baselining.ts';
import { readPolicyFile } from '../../adapters/policy-file/read-policy-file.ts';
import { eventTime, plusDays } from '../../domain/identity/event-time.ts';
import type { Digest } from '../../domain/identity/names.ts';
import type { AppliedPolicy } from '../../domain/policy/applied-policy.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import type { Report } from '../../domain/report/report.ts';
import { seededRandom } from '../../domain/statistics/seeded-random.ts';
import { type OpenLedger, openLedgerForTest } from './open-ledger.ts';

const text = `model: churn
task: {kind: classification, positive: 1}
sources:
  predictions: {files: "made/*.csv", id: customer, time: day, prediction: said, score: p}
  outcomes: {files: "known/*.csv", id: customer, label: left, knownAt: known, maturesAfter: 7d}
baseline: {window: 8w}
watch: {schedule: weekly, window: 7d}
performance: {metric: prAuc, drop: 10% relative, sudden: 20% relative, floor: 40%}
`;
const start = eventTime('2024-01-01');

/** Twelve weeks of customers, their outcomes a week later; in the last week the score tells nothing any more. */
async function writeWeeks(folder: string): Promise<void> {
  const random = seededRandom(3);
  await Promise.all(['made', 'known'].map((name) => mkdir(join(folder, name), { recursive: true })));
  for (let week = 0; week < 12; week += 1) {
    const made = ['customer,day,tenure,said,p'];
    const known = ['customer,left,known'];
    for (let row = 0; row < 7 * 60; row += 1) {
      const p = random() ** 3;
      const day = plusDays(start, 7 * week + (row % 7)).slice(0, 10);
      const left = random() < (week === 11 ? 0.25 : p) ? 1 : 0;
      made.push(`${week}-${row},${day},${row % 40},${p > 0.5 ? 1 : 0},${p.toFixed(4)}`);
      known.push(`${week}-${row},${left},${plusDays(eventTime(day), 6).slice(0, 10)}`);
    }
    await writeFile(join(folder, 'made', `${week + 10}.csv`), made.join('\n'));
    await writeFile(join(folder, 'known', `${week + 10}.csv`), known.join('\n'));
  }
}

describe('given a churn model that is watched by files of scores and late outcomes', () => {
  let ledger: OpenLedger;
  let body: Policy;
  let policy: AppliedPolicy;
  let baseline: Digest;

  beforeAll(async () => {
    ledger = await openLedgerForTest();
    const folder = join(ledger.stateRoot, 'files');
    await writeWeeks(folder);
    await writeFile(join(folder, 'anchorwatch.yaml'), text);
    const read = readPolicyFile(join(folder, 'anchorwatch.yaml'));
    if (!read.ok) throw new Error('the policy does not hold');
    body = read.policy;
    policy = await ledger.apply(body, folder);
    const answer = await createBaseliningActivities(ledger).takeBaseline({ model: body.model, policy, asOf: plusDays(start, 63) });
    baseline = answer.baseline as Digest;
  });
  afterAll(() => ledger.close());

  const performance = async (days: number) => {
    const answer = await createAssessingActivities(ledger).assess({ model: body.model, policy, baseline, asOf: plusDays(start, days) });
    const report = (await ledger.artefacts.read<Report>('report', answer.report)) as Report;
    return { report, signals: report.signals.filter(({ layer }) => layer === 'performance') };
  };

  it('when a week like those of the baseline has matured, then its area holds, all figures stand beside it, and the score is no feature', async () => {
    const { report, signals } = await performance(77);
    expect(signals.map(({ subject, statistic, outcome }) => [subject, statistic, outcome])).toEqual([
      ['prAuc', 'drop', 'pass'],
      ['prAuc', 'sudden', 'pass'],
      ['prAuc', 'floor', 'pass'],
      ['prAuc', 'trend', 'pass'],
      ['prAuc', 'change', 'pass'],
      ['prAuc', 'estimate', 'inconclusive'],
    ]);
    expect(signals[0]?.statistics).toMatchObject({ rows: 420, rowsInBaseline: 3360, labelledShare: 1, rocAuc: expect.any(Number) });
    expect(report.signals.filter(({ subject }) => subject === 'p').map(({ layer }) => layer)).not.toContain('inputs');
    expect(report.signals.some(({ subject, layer }) => subject === 'p' && layer === 'predictions')).toBe(true);
  });

  it('when the week has matured in which the score told nothing, then it fails', async () => {
    const { report, signals } = await performance(91);
    expect(report.outcome).toBe('fail');
    expect(signals.map(({ statistic, outcome }) => [statistic, outcome])).toEqual([
      ['drop', 'fail'],
      ['sudden', 'fail'],
      ['floor', 'fail'],
      ['trend', 'fail'],
      ['change', 'fail'],
    ]);
    expect(signals[0]?.statistics.rocAuc).toBeLessThan(0.6);
  });
});
