import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
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
const start = eventTime('2024-01-01');
const onDay = (day: number) => plusDays(start, day);
const rowsADay = 60;
/** Of the look that is told of: eight weeks of baseline, and a window and its labels after them. */
const look = 75;
const baselineTaken = 63;
const policyText = `model: churn
task: {kind: classification, positive: 1}
sources:
  predictions: {files: "made/*.csv", id: customer, time: at, prediction: said, score: p}
  outcomes: {files: "known/*.csv", id: customer, label: left, knownAt: known, maturesAfter: 7d}
columns: {ignore: [customer]}
segments: {plan: [free, pro]}
baseline: {window: 8w}
performance: {metric: logLoss, drop: 10% relative}
`;

interface World {
  readonly ledger: OpenLedger;
  readonly policy: AppliedPolicy;
  readonly baseline: Digest;
  write(file: string, lines: readonly string[]): Promise<void>;
}

const opened: OpenLedger[] = [];
afterEach(async () => {
  for (const ledger of opened.splice(0)) await ledger.close();
});

const random = seededRandom(11);
const customers = Array.from({ length: look + 5 }, (_, day) =>
  Array.from({ length: rowsADay }, (_, row) => {
    const p = random() ** 2;
    return { id: `${day}-${row}`, day, p, left: random() < p ? 1 : 0, plan: row % 3 === 0 ? 'pro' : 'free', tenure: (row * 7 + day) % 40 };
  }),
);
type Customer = (typeof customers)[number][number];

const made = ({ id, day, p, plan, tenure }: Customer) =>
  `${id},${onDay(day).slice(0, 10)},${plan},${tenure},${p > 0.5 ? 1 : 0},${p.toFixed(4)}`;
const known = ({ id, day, left }: Customer, after: number) => `${id},${left},${onDay(day + after)}`;

/**
 * A file of predictions and one of outcomes for each week, after the baseline for each day; labels are known after six days.
 *
 * @param early outcomes of these days, which have not matured at the look, are known after half a day
 */
async function world(early: readonly number[] = []): Promise<World> {
  const ledger = await openLedgerForTest();
  opened.push(ledger);
  const folder = join(ledger.stateRoot, 'files');
  for (const name of ['made', 'known']) await mkdir(join(folder, name), { recursive: true });
  const write: World['write'] = (file, [...lines]) => {
    const header = file.startsWith('made') ? 'customer,at,plan,tenure,said,p' : 'customer,left,known';
    return writeFile(join(folder, file), [header, ...lines].join('\n'));
  };
  for (let week = 0; week < baselineTaken; week += 7) {
    const rows = customers.slice(week, week + 7).flat();
    await write(`made/${100 + week}.csv`, rows.map(made));
    await write(
      `known/${100 + week}.csv`,
      rows.filter(({ day }) => day + 6 < look).map((row) => known(row, 6)),
    );
  }
  for (let day = baselineTaken; day < look; day += 1) {
    const rows = customers[day] as Customer[];
    await write(`made/${100 + day}.csv`, rows.map(made));
    if (early.includes(day))
      await write(
        `known/${100 + day}.csv`,
        rows.map((row) => known(row, 0.5)),
      );
    else if (day + 6 < look)
      await write(
        `known/${100 + day}.csv`,
        rows.map((row) => known(row, 6)),
      );
  }
  await writeFile(join(folder, 'anchorwatch.yaml'), policyText);
  const read = readPolicyFile(join(folder, 'anchorwatch.yaml'));
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const policy = await ledger.apply(read.policy, folder);
  const taken = await createBaseliningActivities(ledger).takeBaseline({ model, policy, asOf: onDay(baselineTaken + 7) });
  return { ledger, policy, baseline: taken.baseline as Digest, write };
}

async function lookAt({ ledger, policy, baseline }: World, asOf: EventTime): Promise<{ digest: Digest; report: Report }> {
  const { report: digest } = await createAssessingActivities(ledger).assess({ model, policy, baseline, asOf });
  return { digest, report: (await ledger.artefacts.read<Report>('report', digest)) as Report };
}

describe('given a look', () => {
  it('when labels that are not mature are known as well, then the whole report is the same, but for which entries it was made of', async () => {
    const [without, having] = [await world(), await world([70, 71, 72, 73])];
    const [plain, more] = [await lookAt(without, onDay(look)), await lookAt(having, onDay(look))];
    expect(more.report.entries).not.toBe(plain.report.entries);
    const judged = ({ report: { entries, madeFrom, worst, ...report } }: typeof plain) => ({ ...report, worst: worst?.rows });
    expect(judged(more)).toEqual(judged(plain));
    const rows = async ({ ledger }: World, { report: { worst } }: typeof plain) =>
      (await ledger.rows.read(model, worst?.digest as Digest))?.rows;
    expect(await rows(having, more)).toEqual(await rows(without, plain));
    expect(plain.report.signals.some(({ statistic, value }) => statistic === 'drop' && value !== undefined)).toBe(true);
    expect(plain.report.signals.some(({ segment }) => segment === 'plan=pro')).toBe(true);
  });

  it('when late rows, late labels and a file that was written anew come after it, then as of its time it is the same, to the byte', async () => {
    const it = await world();
    const before = await lookAt(it, onDay(look));
    const rows = customers.slice(0, look + 1);
    const late = (rows[72] as Customer[]).map((row) => ({ ...row, id: `late-${row.id}`, tenure: 39 }));
    await it.write('made/late.csv', late.map(made));
    await it.write(
      'known/late.csv',
      (rows[66] as Customer[]).map((row) => known({ ...row, left: 1 - row.left }, 8.5)),
    );
    const anew = (rows[71] as Customer[]).map((row) => ({ ...row, tenure: 0 }));
    await it.write('made/171.csv', [...anew, { ...(anew[0] as Customer), id: 'forgotten' }].map(made));
    await it.write(`made/${100 + look}.csv`, (rows[look] as Customer[]).map(made));

    const after = await lookAt(it, onDay(look + 1));
    expect(after.report.window.rows).toBe(7 * rowsADay + rowsADay + 1);
    expect(after.report.anomalies).toMatchObject({ late: expect.any(Number), duplicate: rowsADay });
    const again = await lookAt(it, onDay(look));
    expect(again.digest).toBe(before.digest);
    expect((await lookAt(it, onDay(look + 2))).report.signals).not.toEqual(after.report.signals);
  });
});
