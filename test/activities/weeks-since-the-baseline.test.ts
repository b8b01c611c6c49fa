import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAssessingActivities } from '../../activities/assessing.ts';
import { createBaseliningActivities } from '../../activities/baselining.ts';
import { eventTime, plusDays } from '../../domain/identity/event-time.ts';
import type { Digest, ModelName } from '../../domain/identity/names.ts';
import type { AppliedPolicy } from '../../domain/policy/applied-policy.ts';
import { expand } from '../../domain/policy/standard.ts';
import type { Report } from '../../domain/report/report.ts';
import { seededRandom } from '../../domain/statistics/seeded-random.ts';
import { type OpenLedger, openLedgerForTest } from './open-ledger.ts';

const model = 'demand' as ModelName;
const start = eventTime('2024-01-01');
const [baselineWeeks, weeksSince] = [4, 10];
const random = seededRandom(5);

let ledger: OpenLedger;
let policy: AppliedPolicy;
let baseline: Digest;
beforeAll(async () => {
  ledger = await openLedgerForTest();
  await mkdir(join(ledger.stateRoot, 'made'));
  for (let day = 0; day < 7 * (baselineWeeks + weeksSince); day += 1) await write(`${100 + day}`, day);
  policy = await ledger.apply(
    expand({
      model,
      task: { kind: 'regression' },
      sources: { predictions: { from: 'files', glob: 'made/*.csv', id: ['id'], time: 'time', prediction: 'p' } },
    }),
    ledger.stateRoot,
  );
  const taken = await createBaseliningActivities(ledger).takeBaseline({ model, policy, asOf: plusDays(start, 7 * baselineWeeks) });
  baseline = taken.baseline as Digest;
});
afterAll(() => ledger.close());

/** Forty predictions of a day, in a file of their own. */
async function write(file: string, day: number): Promise<void> {
  const lines = Array.from({ length: 40 }, (_, row) => {
    const temp = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    return `${file}-${row},${plusDays(start, day + row / 48)},${temp.toFixed(4)},${(10 + 3 * temp).toFixed(4)}`;
  });
  await writeFile(join(ledger.stateRoot, 'made', `${file}.csv`), ['id,time,temp,p', ...lines].join('\n'));
}

async function check(day: number): Promise<{ digest: Digest; report: Report; temp: Report['signals'][number] | undefined }> {
  const { report: digest } = await createAssessingActivities(ledger).assess({ model, policy, baseline, asOf: plusDays(start, day) });
  const report = (await ledger.artefacts.read<Report>('report', digest)) as Report;
  return { digest, report, temp: report.signals.find(({ subject, layer }) => subject === 'temp' && layer === 'inputs') };
}

describe('given a baseline of four weeks, and ten weeks since', () => {
  it('when the newest week is checked, then it is tested against all thirteen before it', async () => {
    const { report, temp } = await check(7 * (baselineWeeks + weeksSince));
    expect(report.blocks).toEqual({ unit: 'window', count: 13 });
    expect(temp).toMatchObject({ pValueKind: 'blocks', statistics: { blocks: 13, laterBlocks: 9 } });
    expect(temp?.history).toHaveLength(9);
  });

  it('when an early week is checked, then days of the baseline alone are asked, and of the weeks after it nothing is known', async () => {
    const { report, temp } = await check(7 * (baselineWeeks + 2));
    expect(report.blocks).toEqual({ unit: 'day', count: 28 });
    expect(temp).toMatchObject({ pValueKind: 'days', statistics: { laterBlocks: 1 } });
  });

  it('when rows of an old week come late, then a check as of before is the same to the byte, and one after it counts them', async () => {
    const day = 7 * (baselineWeeks + weeksSince);
    const before = await check(day);
    await write('late', 7 * (baselineWeeks + 3));
    await write(`${100 + day}`, day);
    const after = await check(day + 1);
    expect(after.report.anomalies).toHaveProperty('late');
    expect(after.report.madeFrom).not.toEqual(before.report.madeFrom);
    expect((await check(day)).digest).toBe(before.digest);
  });

  it('when nothing comes any more, then the look fails for that alone, and says since when', async () => {
    const last = 7 * (baselineWeeks + weeksSince) - 1;
    expect((await check(last + 2)).report.signals.some(({ statistic }) => statistic === 'silence')).toBe(false);
    const { report } = await check(last + 12);
    expect(report).toMatchObject({ outcome: 'fail', severity: 'red', window: { rows: 0 } });
    const silence = report.signals.find(({ statistic }) => statistic === 'silence');
    expect(silence).toMatchObject({ layer: 'quality', subject: 'predictions', outcome: 'fail', statistics: { longestDays: 1 } });
    expect(report.says[1]).toMatch(/^No rows from .* No predictions have come since 2024-0\d-\d\d .*; before, it took 24 h at most/);
  });
});
