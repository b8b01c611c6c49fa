import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createAssessingActivities } from '../../activities/assessing.ts';
import { createBaseliningActivities } from '../../activities/baselining.ts';
import { createCountingActivities } from '../../activities/counting.ts';
import { createRegriddingActivities } from '../../activities/regridding.ts';
import { readPolicyFile } from '../../adapters/policy-file/read-policy-file.ts';
import { eventTime, plusDays } from '../../domain/identity/event-time.ts';
import type { Digest } from '../../domain/identity/names.ts';
import type { AppliedPolicy } from '../../domain/policy/applied-policy.ts';
import type { Report } from '../../domain/report/report.ts';
import { openLedgerForTest } from './open-ledger.ts';

const start = eventTime('2024-01-01');
const text = `model: offers
task: classification
sources:
  predictions: {files: "made/*.csv", id: id, time: day, prediction: said, score: {yes: p_yes, no: p_no}}
  outcomes: {files: "known/*.csv", id: id, label: was, knownAt: known, maturesAfter: 1d}
baseline: {window: 7d}
`;

/** Forty offers a day, and a day later what became of them: half of those made are taken, each for 3. */
async function writeDays(folder: string): Promise<void> {
  await Promise.all(['made', 'known'].map((name) => mkdir(join(folder, name), { recursive: true })));
  for (let day = 0; day < 18; day += 1) {
    const [made, known] = [plusDays(start, day).slice(0, 10), plusDays(start, day + 1).slice(0, 10)];
    const offers = Array.from({ length: 40 }, (_, row) => ({ id: `${day}-${row}`, said: row % 2 ? 'yes' : 'no', p: (row % 20) / 20, row }));
    const predicted = offers.map(({ id, said, p }) => `${id},${made},${said},${p},${1 - p}`);
    const became = offers.map(({ id, said, row }) => `${id},${said},${known},${row % 4 < 2 ? 3 : 0}`);
    await writeFile(join(folder, 'made', `${day + 100}.csv`), ['id,day,said,p_yes,p_no', ...predicted].join('\n'));
    await writeFile(join(folder, 'known', `${day + 100}.csv`), ['id,was,known,paid', ...became].join('\n'));
  }
}

it('given measures and scores by class that the policy names later, then the next grid counts them, of the baseline too', async () => {
  const ledger = await openLedgerForTest();
  const folder = join(ledger.stateRoot, 'files');
  await writeDays(folder);
  const applied = async (written: string): Promise<AppliedPolicy> => {
    await writeFile(join(folder, 'anchorwatch.yaml'), written);
    const read = readPolicyFile(join(folder, 'anchorwatch.yaml'));
    if (!read.ok) throw new Error('the policy does not hold');
    return ledger.apply(read.policy, folder);
  };
  const model = 'offers' as never;
  const check = async (days: number, policy: AppliedPolicy, baseline: Digest) => {
    const order = { model, policy, baseline, asOf: plusDays(start, days), looksAtGrid: true } as const;
    const answer = await createAssessingActivities(ledger).assess(order);
    const { signals } = (await ledger.artefacts.read<Report>('report', answer.report)) as Report;
    return { misfit: answer.misfit, drop: signals.find(({ statistic }) => statistic === 'drop')?.statistics ?? {} };
  };
  const regridded = async (days: number, policy: AppliedPolicy, baseline: Digest, because: string): Promise<Digest> => {
    const order = { model, policy, baseline, asOf: plusDays(start, days), because };
    const { cutAnew, switchGrid } = createRegriddingActivities(ledger);
    const cut = await cutAnew(order);
    if (cut.outcome !== 'pass') throw new Error(cut.says);
    const counting = createCountingActivities(ledger);
    const { segments } = await counting.findSegments({ model, policy, asOf: order.asOf, grid: cut.grid, since: cut.since });
    for (const segment of segments) await counting.countSegment({ model, policy, grid: cut.grid, segment });
    return (await switchGrid({ ...order, grid: cut.grid })).baseline;
  };

  const first = await applied(text.replace('no: p_no', 'other: p_no'));
  const taken = (await createBaseliningActivities(ledger).takeBaseline({ model, policy: first, asOf: plusDays(start, 9) })).baseline;
  expect((await check(10, first, taken as Digest)).misfit).toBeUndefined();

  const second = await applied(`${text}measures:\n  revenue: {sum: paid, better: higher}\n`);
  const before = await check(11, second, taken as Digest);
  expect(before.misfit).toBe('The measures of the policy are others now.');
  expect(before.drop).not.toHaveProperty(['gain/revenue']);
  const anew = await regridded(11, second, taken as Digest, before.misfit as string);
  const after = await check(17, second, anew);
  expect(after.misfit).toBeUndefined();
  expect(after.drop).toMatchObject({ 'gain/revenue': 60, 'rocAuc/no': expect.any(Number) });

  const third = await applied(text);
  expect((await check(18, third, anew)).misfit).toBe('The measures of the policy are others now.');
  await ledger.close();
});
