import { mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAssessingActivities } from '../../activities/assessing.ts';
import { createBaseliningActivities } from '../../activities/baselining.ts';
import { createCountingActivities } from '../../activities/counting.ts';
import { readPolicyFile } from '../../adapters/policy-file/read-policy-file.ts';
import { eventTime, plusDays } from '../../domain/identity/event-time.ts';
import type { Digest, ModelName } from '../../domain/identity/names.ts';
import type { Entry } from '../../domain/ledger/entry.ts';
import type { AppliedPolicy } from '../../domain/policy/applied-policy.ts';
import type { Report } from '../../domain/report/report.ts';
import { type OpenLedger, openLedgerForTest } from './open-ledger.ts';

const model = 'shop' as ModelName;
const start = eventTime('2024-01-01');
const broken = plusDays(start, 16);
const policyText = `model: shop
task: regression
sources:
  predictions: {files: "made/*", id: id, time: at, prediction: said}
  outcomes: {files: "known/*", id: id, label: came, knownAt: known}
columns: {kinds: {amount: numeric, plan: categorical}}
baseline: {window: 14d}
`;

interface Row {
  readonly id: string | null;
  readonly at: string;
  readonly amount: unknown;
  readonly plan: unknown;
  readonly said: unknown;
}

const rowsOf = (day: number, prefix = `${day}`, change: (row: Row, index: number) => object = (row) => row) =>
  Array.from({ length: 20 }, (_, index) =>
    change(
      { id: `${prefix}-${index}`, at: plusDays(start, day), amount: (index * 7 + day) % 20, plan: index % 3 ? 'free' : 'pro', said: index },
      index,
    ),
  );
const cell = (value: unknown) => (value === null || value === undefined ? '' : String(value));
const csv = (rows: readonly object[], names = Object.keys(rows[0] ?? {})) =>
  `${[names.join(','), ...rows.map((row) => names.map((name) => cell((row as never)[name])).join(','))].join('\n')}\n`;
const ndjson = (rows: readonly object[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('');
const changed = (name: string, change: (row: Row, index: number) => object) => csv(rowsOf(16, name, change));
const some = (index: number) => index < 5;

/** What becomes of a file: nothing of it can be counted, and the entry says why; or so many rows are, and the others by kind. */
interface Case {
  readonly given: string;
  readonly file: string;
  readonly bytes: (parquet: (sql: string) => Promise<Buffer>) => string | Uint8Array | Promise<string | Uint8Array>;
  readonly fault?: RegExp;
  readonly rows?: number;
  readonly anomalies?: object;
  /** Of one column, summed over the file. */
  readonly column?: readonly [name: string, counts: object];
}

const select = (columns: string, rows = 20) => `SELECT ${columns} FROM range(${rows}) t(i)`;
const time = `TIMESTAMP '${broken.slice(0, 10)}' AS "at"`;

const predictions: readonly Case[] = [
  {
    given: 'Parquet cut short',
    file: 'short.parquet',
    bytes: async (parquet) =>
      (await parquet(select(`'s' || i AS id, ${time}, i AS amount, 'free' AS plan, i AS said`, 3000))).subarray(0, 2000),
    fault: /short\.parquet.*/,
  },
  { given: 'CSV named Parquet', file: 'text.parquet', bytes: () => csv(rowsOf(16, 'text')), fault: /text\.parquet/ },
  {
    given: 'Parquet named CSV',
    file: 'table.csv',
    bytes: (parquet) => parquet(select(`'n' || i AS id, ${time}, i AS said`)),
    fault: /table\.csv/,
  },
  { given: 'CSV named JSON lines', file: 'text.ndjson', bytes: () => csv(rowsOf(16, 'lines')), rows: 0, anomalies: { malformed: 21 } },
  { given: 'JSON lines named CSV', file: 'json.csv', bytes: () => ndjson(rowsOf(16, 'json')), fault: /json\.csv/ },
  { given: 'one JSON array', file: 'array.ndjson', bytes: () => JSON.stringify(rowsOf(16, 'array')), rows: 0, anomalies: { malformed: 1 } },
  { given: 'a packed file', file: 'packed.csv', bytes: () => gzipSync(csv(rowsOf(16, 'packed'))), fault: /packed\.csv/ },
  {
    given: 'text in UTF-16',
    file: 'wide.csv',
    bytes: () => Buffer.from(`\ufeff${csv(rowsOf(16, 'wide'))}`, 'utf16le'),
    fault: /wide\.csv/,
  },
  { given: 'bytes that are no text', file: 'bytes.csv', bytes: () => Buffer.alloc(500), fault: /bytes\.csv/ },
  { given: 'an empty file', file: 'empty.csv', bytes: () => '', fault: /empty\.csv/ },
  { given: 'a blank Parquet file', file: 'blank.parquet', bytes: () => '\n', fault: /blank\.parquet/ },
  { given: 'two columns of one name', file: 'twice.csv', bytes: () => 'id,at,said,said\na,2024-01-17,1,2\n', fault: /twice\.csv/ },
  {
    given: 'two columns whose names differ only in capitals',
    file: 'capitals.csv',
    bytes: () => 'id,at,said,W,w\na,2024-01-17,1,2,3\n',
    fault: /capitals\.csv has columns whose names differ only in capitals, "W" and "w"\. Give each its own name\./,
  },
  {
    given: 'JSON lines whose names differ only in capitals',
    file: 'capitals.ndjson',
    bytes: () => ndjson(rowsOf(16, 'capitals', (row) => ({ ...row, Plan: 'pro' }))),
    fault: /capitals\.ndjson has columns whose names differ only in capitals, "plan" and "Plan"/,
  },
  { given: 'no id', file: 'nameless.csv', bytes: () => csv(rowsOf(16, 'x', ({ id, ...row }) => row)), fault: /nameless\.csv.*id/ },
  { given: 'no time', file: 'timeless.csv', bytes: () => csv(rowsOf(16, 'x', ({ at, ...row }) => row)), fault: /timeless\.csv.*at/ },
  { given: 'no prediction', file: 'mute.csv', bytes: () => csv(rowsOf(16, 'x', ({ said, ...row }) => row)), fault: /mute\.csv.*said/ },
  { given: 'other columns', file: 'other.csv', bytes: () => 'colour,size\nred,3\n', fault: /other\.csv/ },
  { given: 'nothing but a header', file: 'header.csv', bytes: () => 'id,at,amount,plan,said\n', rows: 0, anomalies: {} },
  {
    given: 'Parquet without rows',
    file: 'none.parquet',
    bytes: (parquet) => parquet(select(`'e' || i AS id, ${time}, i AS amount, 'free' AS plan, i AS said`, 0)),
    rows: 0,
    anomalies: {},
  },
  { given: 'a single row', file: 'one.csv', bytes: () => csv(rowsOf(16, 'one').slice(0, 1)), rows: 1, anomalies: {} },
  {
    given: 'CSV in Latin-1',
    file: 'latin.csv',
    bytes: () =>
      Buffer.from(
        changed('latin', (row, index) => (some(index) ? { ...row, plan: 'caf\u00e9' } : row)),
        'latin1',
      ),
    rows: 15,
    anomalies: { malformed: 5 },
  },
  {
    given: 'a cell of three million characters',
    file: 'long.csv',
    bytes: () => changed('long', (row, index) => (index === 0 ? { ...row, plan: 'x'.repeat(3_000_000) } : row)),
    rows: 19,
    anomalies: { malformed: 1 },
  },
  {
    given: 'lines with a field too many',
    file: 'ragged.csv',
    bytes: () => `${csv(rowsOf(16, 'ragged'))}r,2024-01-17,1,free,1,what,is,this\n`,
    rows: 20,
    anomalies: { malformed: 1 },
  },
  {
    given: 'lines that are no JSON',
    file: 'torn.ndjson',
    bytes: () => `${ndjson(rowsOf(16, 'torn'))}{"id": 5\nnothing\n[1]\n`,
    rows: 20,
    anomalies: { malformed: 3 },
  },
  {
    given: 'records within records',
    file: 'deep.ndjson',
    bytes: () => ndjson(rowsOf(16, 'deep', (row, index) => (some(index) ? { ...row, amount: { value: 5 } } : row))),
    rows: 20,
    anomalies: { 'wrong-type': 5 },
  },
  {
    given: 'text among numbers',
    file: 'mixed.csv',
    bytes: () => changed('mixed', (row, index) => (some(index) ? { ...row, amount: 'much' } : row)),
    rows: 20,
    anomalies: { 'wrong-type': 5 },
  },
  {
    given: 'a column without a value',
    file: 'void.csv',
    bytes: () => changed('void', (row) => ({ ...row, amount: null })),
    rows: 20,
    anomalies: {},
    column: ['amount', { nulls: 20 }],
  },
  {
    given: 'nothing but NaN',
    file: 'nan.parquet',
    bytes: (parquet) => parquet(select(`'q' || i AS id, ${time}, 'nan'::DOUBLE AS amount, 'free' AS plan, i AS said`)),
    rows: 20,
    anomalies: {},
    column: ['amount', { notANumber: 20 }],
  },
  {
    given: 'numbers without end',
    file: 'endless.csv',
    bytes: () => changed('endless', (row, index) => (some(index) ? { ...row, amount: index % 2 ? 'inf' : '-Infinity' } : row)),
    rows: 20,
    anomalies: {},
    column: ['amount', { infinite: 5 }],
  },
  {
    given: 'a column that is lacking, and one that is new',
    file: 'columns.csv',
    bytes: () => changed('columns', ({ amount, ...row }) => ({ ...row, colour: 'red' })),
    rows: 20,
    anomalies: {},
    column: ['amount', { nulls: 20 }],
  },
  {
    given: 'categories never seen',
    file: 'new.csv',
    bytes: () => changed('new', (row) => ({ ...row, plan: 'gold' })),
    rows: 20,
    anomalies: {},
    column: ['plan', { newCategories: { gold: 20 } }],
  },
  {
    given: 'a hundred thousand categories',
    file: 'many.parquet',
    bytes: (parquet) => parquet(select(`'m' || i AS id, ${time}, i % 20 AS amount, 'c' || i AS plan, i % 20 AS said`, 100_000)),
    rows: 100_000,
    anomalies: {},
  },
  {
    given: 'rows without an id',
    file: 'unnamed.csv',
    bytes: () => changed('unnamed', (row, index) => (some(index) ? { ...row, id: null } : row)),
    rows: 15,
    anomalies: { 'missing-id': 5 },
  },
  {
    given: 'ids that come twice',
    file: 'twins.csv',
    bytes: () => changed('twins', (row, index) => (some(index) ? { ...row, id: 'twin' } : row)),
    rows: 16,
    anomalies: { duplicate: 4 },
  },
  {
    given: 'times that cannot be read',
    file: 'unreadable.csv',
    bytes: () => changed('unreadable', (row, index) => (some(index) ? { ...row, at: 'last Tuesday' } : row)),
    rows: 15,
    anomalies: { 'missing-time': 5 },
  },
  {
    given: 'times no calendar holds',
    file: 'beyond.csv',
    bytes: () =>
      changed('beyond', (row, index) => (some(index) ? { ...row, at: ['infinity', '290000-01-01', '0000-00-00'][index % 3] } : row)),
    rows: 15,
    anomalies: { 'missing-time': 5 },
  },
  {
    given: 'a time of the far future',
    file: 'future.csv',
    bytes: () => changed('future', (row, index) => (index === 0 ? { ...row, at: '2999-01-01' } : row)),
    rows: 20,
  },
  {
    given: 'predictions that are no numbers',
    file: 'words.csv',
    bytes: () => changed('words', (row, index) => (some(index) ? { ...row, said: 'many' } : row)),
    rows: 20,
    anomalies: { 'wrong-type': 5 },
  },
];

const outcomes: readonly Case[] = [
  { given: 'outcomes in Parquet cut short', file: 'short.parquet', bytes: () => 'PAR1 and no more', fault: /short\.parquet/ },
  { given: 'blank outcomes', file: 'blank.csv', bytes: () => '\n\n', fault: /blank\.csv/ },
  { given: 'outcomes without a label', file: 'mute.csv', bytes: () => 'id,known\n1-1,2024-01-17\n', fault: /mute\.csv.*came/ },
  {
    given: 'outcomes of words, without id, twice, and of nobody',
    file: 'odd.csv',
    bytes: () => 'id,came,known\n15-1,many,2024-01-17\n,3,2024-01-17\n15-2,3,2024-01-17\n15-2,4,2024-01-17\nnobody,4,2024-01-17\n',
    rows: 0,
    anomalies: { 'missing-id': 1, 'wrong-type': 1, duplicate: 1 },
  },
  {
    given: 'outcomes that are no JSON',
    file: 'torn.ndjson',
    bytes: () => '{"id": "15-3", "came": 4, "known": "2024-01-17"}\n{"id": 5\n[1]\n',
    rows: 0,
    anomalies: { malformed: 2 },
  },
];

describe('given a maintained model among whose sealed files are broken ones', () => {
  let ledger: OpenLedger;
  let folder: string;
  let policy: AppliedPolicy;
  let baseline: Digest;
  const entries = new Map<string, Entry>();
  const asOf = plusDays(start, 17);

  const put = (path: string, bytes: string | Uint8Array, writtenAt: string = broken) => {
    writeFileSync(join(folder, path), bytes);
    utimesSync(join(folder, path), new Date(writtenAt), new Date(writtenAt));
  };
  const putDay = (day: number) => {
    put(`made/${100 + day}.csv`, csv(rowsOf(day)));
    put(`known/${100 + day}.csv`, csv(rowsOf(day).map((row) => ({ id: (row as Row).id, came: 10, known: plusDays(start, day + 0.5) }))));
  };

  beforeAll(async () => {
    ledger = await openLedgerForTest();
    folder = join(ledger.stateRoot, 'files');
    for (const name of ['made', 'known']) mkdirSync(join(folder, name), { recursive: true });
    for (let day = 0; day < 16; day += 1) putDay(day);
    put('anchorwatch.yaml', policyText);
    const read = readPolicyFile(join(folder, 'anchorwatch.yaml'));
    if (!read.ok) throw new Error(JSON.stringify(read.problems));
    policy = await ledger.apply(read.policy, folder);
    baseline = (await createBaseliningActivities(ledger).takeBaseline({ model, policy, asOf: plusDays(start, 15) })).baseline as Digest;

    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    const parquet = async (sql: string) => {
      const path = join(ledger.stateRoot, 'made.parquet');
      await connection.run(`COPY (${sql}) TO '${path}' (FORMAT parquet)`);
      return readFileSync(path);
    };
    for (const { file, bytes } of predictions) put(`made/${file}`, await bytes(parquet));
    for (const { file, bytes } of outcomes) put(`known/${file}`, await bytes(parquet));
    connection.closeSync();

    const { findSegments, countSegment } = createCountingActivities(ledger);
    const { grid, segments } = await findSegments({ model, policy, asOf });
    for (const segment of segments) {
      const { entry } = await countSegment({ model, policy, grid: grid as Digest, segment });
      entries.set(`${segment.holds}/${basename(segment.path)}`, (await ledger.artefacts.read<Entry>('entry', entry)) as Entry);
    }
  }, 180_000);
  afterAll(() => ledger.close());

  const becomes = (holds: string, { file, fault, rows, anomalies, column }: Case) => {
    const entry = entries.get(`${holds}/${file}`);
    expect(entry, 'it was found').toBeDefined();
    if (fault !== undefined) {
      const anomalies = entry?.fault?.code === 'column-missing' ? { 'missing-column': 1 } : { malformed: 1 };
      expect(entry).toMatchObject({ fault: { says: expect.stringMatching(fault) }, partitions: [], anomalies });
      return;
    }
    expect(entry?.fault).toBeUndefined();
    if (anomalies !== undefined) expect(entry?.anomalies).toEqual(anomalies);
    expect(entry?.partitions.reduce((sum, partition) => sum + partition.rows, 0)).toBe(rows);
    if (column !== undefined) expect(entry?.partitions[0]?.columns[column[0]]).toMatchObject(column[1]);
  };

  it.each(predictions)('when $given is counted, then its entry says so, or counts what it can', (one) => becomes('predictions', one));
  it.each(outcomes)('when $given are counted, then their entry says so, or counts what it can', (one) => becomes('outcomes', one));

  it('when the model is looked at, then the look tells of them, and the next sees the next day', async () => {
    const { assess } = createAssessingActivities(ledger);
    const looked = await assess({ model, policy, baseline, asOf, looksAtGrid: true });
    expect(looked.faults).toHaveLength(5);
    expect(looked.anomalies).toMatchObject({
      malformed: expect.any(Number),
      'wrong-type': expect.any(Number),
      duplicate: expect.any(Number),
      'future-time': 1,
    });
    putDay(17);
    const next = await assess({ model, policy, baseline, asOf: plusDays(start, 18), looksAtGrid: true });
    const report = (await ledger.artefacts.read<Report>('report', next.report)) as Report;
    const before = (await ledger.artefacts.read<Report>('report', looked.report)) as Report;
    expect(report.window.rows, 'one good day came, one went').toBe(before.window.rows);
    expect(report.signals.some(({ statistic, value }) => statistic === 'drop' && value !== undefined)).toBe(true);
  });
});
