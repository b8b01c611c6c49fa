import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAssessingActivities } from '../../activities/assessing.ts';
import { createBaseliningActivities } from '../../activities/baselining.ts';
import { readPolicyFile } from '../../adapters/policy-file/read-policy-file.ts';
import { eventTime, plusDays } from '../../domain/identity/event-time.ts';
import type { Digest } from '../../domain/identity/names.ts';
import type { Report } from '../../domain/report/report.ts';
import { seededRandom } from '../../domain/statistics/seeded-random.ts';
import { type OpenLedger, openLedgerForTest } from './open-ledger.ts';

const text = `model: plans
task: classification
sources:
  predictions: {files: "made/*.csv", id: customer, time: day, prediction: said, score: {basic: p_basic, pro: p_pro, free: p_free}}
  outcomes: {files: "known/*.csv", id: customer, label: became, knownAt: known, maturesAfter: 7d}
baseline: {window: 8w}
watch: {schedule: weekly, window: 7d}
performance: {metric: logLoss, drop: 20% relative}
`;
const start = eventTime('2024-01-01');
const names = ['basic', 'pro', 'free'];
const weeks = 18;

/** Customers of three plans, their outcomes a week later; in the last week scores are hardly larger for one class than for another. */
async function writeWeeks(folder: string): Promise<void> {
  const random = seededRandom(3);
  await Promise.all(['made', 'known'].map((name) => mkdir(join(folder, name), { recursive: true })));
  for (let week = 0; week < weeks; week += 1) {
    const made = ['customer,day,said,p_basic,p_pro,p_free'];
    const known = ['customer,became,known'];
    for (let row = 0; row < 7 * 300; row += 1) {
      const sure = random() < (week === weeks - 1 ? 0.2 : 0.7) ? 0.9 : 0.4;
      const largest = Math.floor(3 * random());
      const scores = names.map((_, place) => (place === largest ? sure : (1 - sure) / 2));
      const chance = random();
      const became = chance < sure ? largest : (largest + (chance < sure + (1 - sure) / 2 ? 1 : 2)) % 3;
      const day = plusDays(start, 7 * week + (row % 7)).slice(0, 10);
      made.push(`${week}-${row},${day},${names[largest]},${scores.map((score) => score.toFixed(3)).join(',')}`);
      known.push(`${week}-${row},${names[became]},${plusDays(eventTime(day), 6).slice(0, 10)}`);
    }
    await writeFile(join(folder, 'made', `${week + 10}.csv`), made.join('\n'));
    await writeFile(join(folder, 'known', `${week + 10}.csv`), known.join('\n'));
  }
}

describe('given three classes that are watched by files of a score each and late outcomes', () => {
  let ledger: OpenLedger;
  beforeAll(async () => {
    ledger = await openLedgerForTest();
  });
  afterAll(() => ledger.close());

  it('when the newest rows are harder, then log loss of all classes still holds, and its estimate warns before outcomes come', async () => {
    const folder = join(ledger.stateRoot, 'files');
    await writeWeeks(folder);
    await writeFile(join(folder, 'anchorwatch.yaml'), text);
    const read = readPolicyFile(join(folder, 'anchorwatch.yaml'));
    if (!read.ok) throw new Error('the policy does not hold');
    const { model } = read.policy;
    const policy = await ledger.apply(read.policy, folder);
    const taken = await createBaseliningActivities(ledger).takeBaseline({ model, policy, asOf: plusDays(start, 63) });
    const order = { model, policy, baseline: taken.baseline as Digest, asOf: plusDays(start, 7 * weeks) };
    const answer = await createAssessingActivities(ledger).assess(order);
    const report = (await ledger.artefacts.read<Report>('report', answer.report)) as Report;
    const signal = (statistic: string) => report.signals.find((one) => one.layer === 'performance' && one.statistic === statistic);
    expect(signal('drop')).toMatchObject({ subject: 'logLoss', outcome: 'pass' });
    const usual = -(0.7 * (0.9 * Math.log(0.9) + 0.1 * Math.log(0.05)) + 0.3 * (0.4 * Math.log(0.4) + 0.6 * Math.log(0.3)));
    expect(signal('drop')?.value).toBeCloseTo(usual, 1);
    expect(signal('estimate')).toMatchObject({ subject: 'logLoss', outcome: 'fail', critical: false });
  });
});
