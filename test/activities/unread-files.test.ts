import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAssessingActivities } from '../../activities/assessing.ts';
import { createBaseliningActivities } from '../../activities/baselining.ts';
import { keepPolicyLines } from '../../activities/ledger/policy-lines.ts';
import { readPolicyFile } from '../../adapters/policy-file/read-policy-file.ts';
import { type EventTime, eventTime, plusDays } from '../../domain/identity/event-time.ts';
import type { Digest, ModelName } from '../../domain/identity/names.ts';
import type { AppliedPolicy } from '../../domain/policy/applied-policy.ts';
import type { Report } from '../../domain/report/report.ts';
import { type OpenLedger, openLedgerForTest } from './open-ledger.ts';

const start = eventTime('2024-01-01');
const days = 20;
const asOf = plusDays(start, days);
const names = { id: 'id', time: 'at', prediction: 'said', outcome: 'id', label: 'came', knownAt: 'known' };
let models = 0;

describe('given a maintained model whose policy names a column wrongly', () => {
  let ledger: OpenLedger;
  let folder: string;
  beforeAll(async () => {
    ledger = await openLedgerForTest();
    folder = join(ledger.stateRoot, 'files');
    for (const kind of ['made', 'known', 'lines']) mkdirSync(join(folder, kind), { recursive: true });
    for (let day = 0; day < days; day += 1) putDay(day);
  });
  afterAll(() => ledger.close());

  const put = (path: string, text: string, writtenAt: string) => {
    writeFileSync(join(folder, path), text);
    utimesSync(join(folder, path), new Date(writtenAt), new Date(writtenAt));
  };
  const csv = (header: string, rows: readonly (readonly unknown[])[]) => `${[header, ...rows].join('\n')}\n`;
  const rowsOf = (day: number) =>
    Array.from({ length: 20 }, (_, row) => [`${day}-${row}`, plusDays(start, day), (row * 7 + day) % 20, row]);
  const putDay = (day: number) => {
    const written = plusDays(start, day + 0.9);
    put(`made/${100 + day}.csv`, csv('id,at,amount,said', rowsOf(day)), written);
    put(`known/${100 + day}.csv`, csv('id,came,known', rowsOf(day).map(([id]) => [id, 10, plusDays(start, day + 0.5)])), written); // biome-ignore format: one line a file
    put(`lines/${100 + day}.ndjson`, rowsOf(day).map(([id, at, amount, said]) => `${JSON.stringify({ id, at, amount, said })}\n`).join(''), written); // biome-ignore format: one line a file
  };

  const maintained = async (wrong: Partial<typeof names>, files = 'made/*.csv') => {
    const { id, time, prediction, outcome, label, knownAt } = { ...names, ...wrong };
    const model = `shop-${++models}` as ModelName;
    const path = join(folder, `${model}.yaml`);
    writeFileSync(
      path,
      `model: ${model}
task: regression
sources:
  predictions:
    files: "${files}"
    id: ${id}
    time: ${time}
    prediction: ${prediction}
  outcomes:
    files: "known/*.csv"
    id: ${outcome}
    label: ${label}
    knownAt: ${knownAt}
baseline: {window: 14d}
`,
    );
    const read = readPolicyFile(path);
    if (!read.ok) throw new Error(JSON.stringify(read.problems));
    const policy = await ledger.apply(read.policy, folder);
    await keepPolicyLines(ledger.store, policy.digest, read.lines);
    return { model, policy, path };
  };
  const looked = async ({ model, policy }: { model: ModelName; policy: AppliedPolicy }, at: EventTime = asOf, baseline?: Digest) => {
    const { report } = await createAssessingActivities(ledger).assess({ model, policy, asOf: at, ...(baseline && { baseline }) });
    return (await ledger.artefacts.read<Report>('report', report)) as Report;
  };
  const baselineOf = async ({ model, policy }: { model: ModelName; policy: AppliedPolicy }) =>
    (await createBaseliningActivities(ledger).takeBaseline({ model, policy, asOf })).baseline;

  it.each([
    [{ id: 'ident' }, 'ident', 'id', 6],
    [{ time: 'att' }, 'att', 'time', 7],
    [{ prediction: 'sayd' }, 'sayd', 'prediction', 8],
  ])(
    'when no prediction can be read (%o), then the look says which column no file has, and where the policy names it',
    async (wrong, column, part, line) => {
      const shop = await maintained(wrong);
      expect(await baselineOf(shop)).toBeUndefined();
      const { says, anomalies, unread, outcome } = await looked(shop);
      expect(says[1]).toContain('No rows from ');
      expect(says[1]).toContain(
        `20 files match made/*.csv, none has the column ${column} (sources.predictions.${part}, ${shop.path}:${line}). ${join(folder, 'made/119.csv')} has no column "${column}" (it has id, at, amount, said).`,
      );
      expect(anomalies).toEqual({ 'missing-column': 20 });
      expect(unread).toMatchObject([{ of: 'predictions', code: 'column-missing', columns: [column], files: 20, found: 20 }]);
      expect(outcome).toBe('inconclusive');
    },
  );

  it('when a look is as of a time before the files were written, then they are told all the same', async () => {
    const { says } = await looked(await maintained({ time: 'att' }), plusDays(start, -30));
    expect(says[1]).toContain('20 files match made/*.csv, none has the column att (sources.predictions.time, ');
  });

  it('when several columns are named wrongly, then all are told at once', async () => {
    const { says } = await looked(await maintained({ id: 'ident', prediction: 'sayd' }));
    expect(says[1]).toMatch(
      /none has the columns ident \(sources\.predictions\.id, \S+:6\) and sayd \(sources\.predictions\.prediction, \S+:8\)\./,
    );
  });

  it('when predictions are JSON lines of which none has the column, then it is told as of a table', async () => {
    const { says } = await looked(await maintained({ prediction: 'sayd' }, 'lines/*.ndjson'));
    expect(says[1]).toContain('20 files match lines/*.ndjson, none has the column sayd (sources.predictions.prediction, ');
  });

  it.each([
    [{ outcome: 'ident' }, 'ident', 'id', 11],
    [{ label: 'kame' }, 'kame', 'label', 12],
    [{ knownAt: 'knwn' }, 'knwn', 'knownAt', 13],
  ])('when no outcome can be read (%o), then the look says so beside the performance', async (wrong, column, part, line) => {
    const shop = await maintained(wrong);
    const baseline = await baselineOf(shop);
    expect(baseline).toBeDefined();
    const { says, anomalies, window } = await looked(shop, asOf, baseline);
    expect(window.rows).toBe(140);
    expect(says[0]).toMatch(
      new RegExp(`\\d+ files match known/\\*\\.csv, none has the column ${column} \\(sources\\.outcomes\\.${part}, \\S+:${line}\\)`),
    );
    expect(anomalies['missing-column']).toBeGreaterThan(0);
  });

  it('when only newer files lack a column, then the look says how many, and counts the others', async () => {
    const shop = await maintained({});
    const baseline = await baselineOf(shop);
    put('made/120.csv', csv('id,att,amount,said', rowsOf(20)), plusDays(start, 20.9));
    const { says, window, anomalies } = await looked(shop, plusDays(start, 21), baseline);
    expect(window.rows).toBe(120);
    expect(says[1]).toMatch(/\d+ files match made\/\*\.csv, 1 of them lacks the column at \(sources\.predictions\.time, \S+:7\)\./);
    expect(anomalies).toEqual({ 'missing-column': 1 });
  });

  it('when every column is there, then nothing is told', async () => {
    const shop = await maintained({}, 'made/10*.csv');
    const { unread, anomalies, says } = await looked(shop, plusDays(start, 5));
    expect(unread).toBeUndefined();
    expect(anomalies).toEqual({});
    expect(says.join(' ')).not.toContain('files match');
  });
});
