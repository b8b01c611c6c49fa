import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAssessingActivities } from '../../activities/assessing.ts';
import { createBaseliningActivities } from '../../activities/baselining.ts';
import { createCountingActivities } from '../../activities/counting.ts';
import { createPreparingActivities } from '../../activities/preparing.ts';
import { createDuckdbPreparation } from '../../adapters/preparation/duckdb/preparation.ts';
import type { Baseline } from '../../domain/baseline/baseline.ts';
import type { ScoredRows } from '../../domain/gates/scored-rows.ts';
import { type EventTime, eventTime, plusDays } from '../../domain/identity/event-time.ts';
import type { DecisionId, Digest, ModelName, Version } from '../../domain/identity/names.ts';
import type { Entry } from '../../domain/ledger/entry.ts';
import type { AppliedPolicy } from '../../domain/policy/applied-policy.ts';
import type { Policy, TableOrigin } from '../../domain/policy/policy.ts';
import { expand } from '../../domain/policy/standard.ts';
import type { Report } from '../../domain/report/report.ts';
import { segmentName } from '../../domain/traffic/segment-name.ts';
import type { PreparedData } from '../../domain/training/prepared-data.ts';
import { type OpenLedger, openLedgerForTest } from './open-ledger.ts';

const model = 'demand' as ModelName;
const asOf = eventTime('2011-05-01');

let ledger: OpenLedger;
let policy: AppliedPolicy;

beforeEach(async () => {
  ledger = await openLedgerForTest();
});
afterEach(() => ledger.close());

/** A made-up history of 30 days from 1 April, one row an hour. */
async function apply(
  history = true,
  labels: Policy['labels'] = { maturesAfterDays: 3 },
  origin: TableOrigin = { from: 'files', glob: 'history.csv' },
): Promise<void> {
  const rows = Array.from({ length: 30 * 24 }, (_, hour) => {
    const time = new Date(Date.UTC(2011, 3, 1) + hour * 3_600_000).toISOString();
    return `${time.slice(0, 13)},${time},${hour % 24},${(hour % 7) / 2},${hour % 3 === 0 ? 'rain' : 'clear'},${hour}`;
  });
  const text = ['hour_id,time,hr,temp,sky,demand', ...rows, '2011-04-30T99,2011-04-30T00:00:00Z,1,1,clear,'].join('\n');
  await writeFile(join(ledger.stateRoot, 'history.csv'), text);
  const body: Policy = expand({
    model,
    task: { kind: 'regression' },
    mode: 'act',
    labels,
    sources: {
      predictions: { from: 'gateway' },
      outcomes: { from: 'gateway' },
      ...(history && { history: { ...origin, id: ['hour_id'], time: 'time', label: 'demand' } }),
    },
    training: { command: 'true', windowDays: 365, split: { train: 0.6, validation: 0.1, test: 0.3 } },
  });
  policy = await ledger.apply(body, ledger.stateRoot);
}

let sequence = 0;
async function seal(holds: 'predictions' | 'outcomes', knownAt: EventTime, records: readonly object[]): Promise<void> {
  const folder = join(ledger.stateRoot, 'gateway', model, holds);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, segmentName(knownAt, ++sequence)), records.map((record) => JSON.stringify(record)).join('\n'));
}

const predicted = (id: string, time: string, features: object, more: object = {}) => ({
  id,
  model,
  time,
  version: '1',
  status: 200,
  features,
  prediction: 5,
  ...more,
});
const order = (decision: string) => ({
  decision: decision as DecisionId,
  model,
  asOf,
  policy,
  strategy: 'full' as const,
  because: 'a test',
});
const prepare = (decision = 'd1') =>
  createPreparingActivities({
    ...ledger,
    preparation: createDuckdbPreparation({ store: ledger.store, stateRoot: ledger.stateRoot }),
  }).prepare(order(decision));

async function allRows(digest: Digest): Promise<Record<string, unknown>[]> {
  const { files } = (await ledger.artefacts.read<PreparedData>('prepared-data', digest)) as PreparedData;
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const list = Object.values(files).map((file) => `'${file}'`);
  const rows = (await connection.runAndReadAll(`SELECT *, filename FROM read_parquet([${list}], filename = true)`)).getRowObjects();
  connection.closeSync();
  return rows;
}

describe('preparing rows to learn from', () => {
  it('given history and records with late labels, then records win, only known labels count and types are the history’s', async () => {
    await apply();
    await seal('predictions', eventTime('2011-04-30'), [
      predicted('2011-04-02T05', '2011-04-02T05:00:00.000Z', { hr: 5, temp: 21.5, sky: 'fog' }),
      predicted('fresh', '2011-04-29T05:00:00.000Z', { hr: 5, temp: 1 }),
      predicted('unlabelled', '2011-04-29T06:00:00.000Z', { hr: 6, temp: 1, sky: 'clear' }),
      predicted('failed', '2011-04-29T07:00:00.000Z', { hr: 7, temp: 1, sky: 'clear' }, { status: 502 }),
    ]);
    await seal('outcomes', eventTime('2011-04-30'), [
      { id: 'fresh', label: 1 },
      { id: '2011-04-02T05', label: 777 },
      { id: 'failed', label: 3 },
    ]);
    await seal('outcomes', eventTime('2011-05-01'), [{ id: 'fresh', label: 2 }]);
    await seal('outcomes', eventTime('2011-05-02'), [
      { id: 'unlabelled', label: 4 },
      { id: 'fresh', label: 99 },
    ]);

    const answer = await prepare();
    if (answer.outcome !== 'pass') throw new Error(answer.says);
    const rows = await allRows(answer.prepared);
    const row = (id: string) => rows.find(({ hour_id }) => hour_id === id);
    expect(rows).toHaveLength(721);
    expect(row('2011-04-02T05')).toMatchObject({ temp: 21.5, sky: 'fog', demand: 777n, weight: 1, hr: 5n });
    expect(row('fresh')).toMatchObject({ demand: 2n, sky: null });
    expect([row('unlabelled'), row('failed')]).toEqual([undefined, undefined]);
    const parts = new Map<string, Set<unknown>>();
    for (const { time, filename } of rows) {
      const day = String(time).slice(0, 10);
      parts.set(day, (parts.get(day) ?? new Set()).add(filename));
    }
    expect([...parts.values()].every((files) => files.size === 1)).toBe(true);
  });

  it('given that absence means a label, then mature records without an outcome have it, and young records are left out', async () => {
    await apply(true, { maturesAfterDays: 3, absentMeans: 0 });
    await seal('predictions', eventTime('2011-04-30'), [
      predicted('bought', '2011-04-27T05:00:00.000Z', { hr: 5, temp: 1, sky: 'fog' }),
      predicted('did not', '2011-04-27T06:00:00.000Z', { hr: 6, temp: 1, sky: 'fog' }),
      predicted('bought early', '2011-04-29T05:00:00.000Z', { hr: 5, temp: 1, sky: 'fog' }),
      predicted('may still', '2011-04-29T06:00:00.000Z', { hr: 6, temp: 1, sky: 'fog' }),
    ]);
    await seal('outcomes', eventTime('2011-04-30'), [
      { id: 'bought', label: 7 },
      { id: 'bought early', label: 7 },
    ]);
    const answer = await prepare();
    if (answer.outcome !== 'pass') throw new Error(answer.says);
    const records = (await allRows(answer.prepared)).filter(({ sky }) => sky === 'fog');
    expect(Object.fromEntries(records.map(({ hour_id, demand }) => [hour_id, demand]))).toEqual({ bought: 7n, 'did not': 0n });
  });

  it('given a decision that was prepared, when it is asked again after more became known, then the answer is the same', async () => {
    await apply();
    const first = await prepare();
    await seal('predictions', eventTime('2011-04-30'), [predicted('late', '2011-04-29T05:00:00.000Z', { hr: 5, temp: 1, sky: 'rain' })]);
    await seal('outcomes', eventTime('2011-04-30'), [{ id: 'late', label: 1 }]);
    expect(await prepare()).toEqual(first);
    const [before, after] = [first, await prepare('d2')].map((answer) => (answer.outcome === 'pass' ? answer.rows : undefined));
    const total = (rows = { train: 0, validation: 0, test: 0 }) => rows.train + rows.validation + rows.test;
    expect([total(before), total(after)]).toEqual([720, 721]);
  });

  it('given a history that a program gives, then its rows are learnt from, up to the day when labels have matured', async () => {
    const run = 'echo "$1 $2" >> asked; cp history.csv "$3"';
    await apply(true, { maturesAfterDays: 3 }, { from: 'program', run, timeLimitSeconds: 60 });
    const answer = await prepare();
    if (answer.outcome !== 'pass') throw new Error(answer.says);
    expect(await allRows(answer.prepared)).toHaveLength(720);
    await prepare('d2');
    expect(await readFile(join(ledger.stateRoot, 'asked'), 'utf8')).toBe('2010-05-01T00:00:00.000Z 2011-04-28T00:00:00.000Z\n');
  });

  it('given two that prepare at once, then both have the same files', async () => {
    await apply();
    const [one, other] = await Promise.all([prepare(), prepare()]);
    expect(one).toEqual(other);
  });

  it('given a few records only, then the answer is inconclusive, with numbers', async () => {
    await apply(false);
    await seal('predictions', eventTime('2011-04-30'), [predicted('only', '2011-04-29T05:00:00.000Z', { temp: 1 })]);
    await seal('outcomes', eventTime('2011-04-30'), [{ id: 'only', label: 1 }]);
    const answer = await prepare();
    expect(answer.outcome).toBe('inconclusive');
    expect(answer.says).toMatch(/^1 labelled rows from .* at least 200 to train on and 50 to test on are needed/);
  });

  it('given a history without its label, then the answer is fail and says where to look', async () => {
    await apply();
    await writeFile(join(ledger.stateRoot, 'history.csv'), 'hour_id,time,hr\n1,2011-04-01,2\n');
    const answer = await prepare();
    expect(answer.outcome).toBe('fail');
    expect(answer.says).toContain('history.csv has no column "demand" (it has hour_id, time, hr)');
  });
});

describe('a ledger of the gateway’s records', () => {
  const hours = (from: string, count: number) =>
    Array.from({ length: count }, (_, hour) => new Date(Date.parse(from) + hour * 3_600_000).toISOString());

  async function heldOut(more: Partial<ScoredRows> = {}): Promise<Digest> {
    const path = join(ledger.stateRoot, 'scored.parquet');
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    await connection.run(`COPY (SELECT 'h' || i AS hour_id, TIMESTAMP '2011-03-01' + INTERVAL (i) HOUR AS time, '1' AS version, i % 24 AS hr,
      (i % 7)::DOUBLE AS temp, i::DOUBLE AS prediction, i + 2.0 AS demand FROM range(600) t(i)) TO '${path}' (FORMAT parquet)`);
    connection.closeSync();
    const columns = { id: 'hour_id', time: 'time', label: 'demand', prediction: 'prediction', features: ['hr', 'temp'] };
    const body: ScoredRows = {
      kind: 'scored-rows',
      schemaVersion: 1,
      madeFrom: [],
      model,
      version: '1' as Version,
      path,
      rows: 600,
      failures: 0,
      columns,
      ...more,
    };
    return ledger.artefacts.save(body);
  }

  it('given held-out rows and a sealed week, then every row is counted once and a check sums the week', async () => {
    await apply();
    const baseline = await createBaseliningActivities(ledger).takeBaseline({
      model,
      policy,
      version: '1' as Version,
      asOf: eventTime('2011-04-04'),
      heldOut: await heldOut(),
    });
    expect(baseline).toMatchObject({
      outcome: 'pass',
      says: 'Baseline of 600 held-out rows on 25 days from 2011-03-01 to 2011-03-25, 600 with their outcome.',
    });

    const week = hours('2011-04-04T00:00:00.000Z', 168);
    await seal(
      'predictions',
      eventTime('2011-04-11'),
      week.map((time, hour) => predicted(time, time, { hr: hour % 24, temp: hour % 7 })),
    );
    await seal(
      'outcomes',
      eventTime('2011-04-11'),
      week.slice(0, 96).map((id) => ({ id, label: 6 })),
    );
    const at = eventTime('2011-04-11T03:00:00.000Z');
    const counting = createCountingActivities(ledger);
    const { grid, segments } = await counting.findSegments({ model, policy, asOf: at });
    expect(segments.map(({ holds }) => holds).sort()).toEqual(['outcomes', 'predictions']);
    const counted = await Promise.all(segments.map((segment) => counting.countSegment({ model, policy, grid: grid as Digest, segment })));
    expect(counted.reduce((sum, { rows }) => sum + rows, 0)).toBe(168);
    expect((await counting.findSegments({ model, policy, asOf: at })).segments).toEqual([]);

    const answer = await createAssessingActivities(ledger).assess({
      model,
      policy,
      baseline: baseline.baseline as Digest,
      version: '1' as Version,
      asOf: at,
    });
    const report = (await ledger.artefacts.read<Report>('report', answer.report)) as Report;
    expect(report.window).toEqual({ from: eventTime('2011-04-04'), to: eventTime('2011-04-11'), rows: 168 });
    expect(answer.anomalies).toEqual({});
  });

  it('given shadow scores beside held-out rows, then the baseline holds both, and how right it was is of those with a label alone', async () => {
    await apply();
    const path = join(ledger.stateRoot, 'shadow.parquet');
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    await connection.run(`COPY (SELECT 's' || i AS hour_id, TIMESTAMP '2011-03-30' + INTERVAL (i) HOUR AS time, '1' AS version, 40 + i % 24 AS hr,
      (i % 7)::DOUBLE AS temp, 900.0 AS prediction FROM range(48) t(i)) TO '${path}' (FORMAT parquet)`);
    connection.closeSync();
    const { says, baseline } = await createBaseliningActivities(ledger).takeBaseline({
      model,
      policy,
      version: '1' as Version,
      asOf: eventTime('2011-04-04'),
      heldOut: await heldOut({ shadow: { path, rows: 48 } }),
    });
    expect(says).toBe('Baseline of 648 held-out rows on 27 days from 2011-03-01 to 2011-03-31, 600 with their outcome.');
    const { entries } = (await ledger.artefacts.read<Baseline>('baseline', baseline as Digest)) as Baseline;
    const shadow = (await ledger.artefacts.read<Entry>('entry', entries[1] as Digest)) as Entry;
    expect(shadow.partitions.map(({ day, version, rows, outcomes }) => ({ day, version, rows, outcomes }))).toEqual([
      { day: '2011-03-30', version: '1', rows: 24, outcomes: undefined },
      { day: '2011-03-31', version: '1', rows: 24, outcomes: undefined },
    ]);
  });

  it('given a segment that turns up after a look that should have seen it, then it is known from the next look on and counted as late', async () => {
    await apply();
    await createBaseliningActivities(ledger).takeBaseline({ model, policy, asOf: eventTime('2011-04-04'), heldOut: await heldOut() });
    const [first, second] = [eventTime('2011-04-11'), eventTime('2011-04-18')];
    await seal('predictions', first, [predicted('on time', '2011-04-10T00:00:00.000Z', { hr: 1, temp: 2 })]);
    const counting = createCountingActivities(ledger);
    await counting.findSegments({ model, policy, asOf: first });
    await seal('predictions', plusDays(first, -1), [predicted('belated', '2011-04-09T00:00:00.000Z', { hr: 1, temp: 2 })]);

    const before = await createAssessingActivities(ledger).assess({ model, policy, asOf: plusDays(first, -1) });
    const { grid, segments } = await counting.findSegments({ model, policy, asOf: second });
    const late = segments.find((segment) => segment.late);
    expect(late?.knownAt).not.toBe(plusDays(first, -1));
    const entry = await counting.countSegment({ model, policy, grid: grid as Digest, segment: late as NonNullable<typeof late> });
    expect(entry.anomalies).toEqual({ late: 1 });
    expect(await createAssessingActivities(ledger).assess({ model, policy, asOf: plusDays(first, -1) })).toEqual(before);
  });

  it('given a file that was written anew after it was found, then its entry says so and the check goes on', async () => {
    await apply();
    await createBaseliningActivities(ledger).takeBaseline({ model, policy, asOf: eventTime('2011-04-04'), heldOut: await heldOut() });
    await seal('predictions', eventTime('2011-04-11'), [predicted('a', '2011-04-10T00:00:00.000Z', { hr: 1, temp: 2 })]);
    const counting = createCountingActivities(ledger);
    const { grid, segments } = await counting.findSegments({ model, policy, asOf });
    const [segment] = segments;
    if (segment === undefined) throw new Error('nothing was found');
    await writeFile(segment.path, `${await readFile(segment.path, 'utf8')}\n`);
    expect((await counting.countSegment({ model, policy, grid: grid as Digest, segment })).anomalies).toEqual({ malformed: 1 });
    const answer = await createAssessingActivities(ledger).assess({ model, policy, asOf: eventTime('2011-04-11') });
    expect(answer.faults[0]).toContain('was written anew before it was counted');
  });
});
