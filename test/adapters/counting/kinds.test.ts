import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDuckdbTables, type Table } from '../../../adapters/counting/duckdb/tables.ts';
import type { ColumnSample } from '../../../domain/grid/column-sample.ts';
import { cutGrid } from '../../../domain/grid/cut-grid.ts';
import { kindOf } from '../../../domain/grid/kind-of.ts';
import { kindOfTexts } from '../../../domain/grid/kind-of-texts.ts';
import { eventTime } from '../../../domain/identity/event-time.ts';
import type { ModelName } from '../../../domain/identity/names.ts';
import { lines, segmentOf } from './rows.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anchorwatch-kinds-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const rows = Array.from({ length: 40 }, (_, row) => ({
  scored_at: `2024-03-${String(10 + (row % 10)).padStart(2, '0')}T12:00:00Z`,
  joined: `2024-03-0${1 + (row % 5)} 12:00:00`,
  active: row % 3 === 0,
  comment: `the ${row}. of forty remarks, ${'very '.repeat(row % 4)}long 😀`,
  plan: row % 2 === 0 ? 'free' : 'pro',
  amount: row / 2,
}));
const columns = Object.keys(rows[0] as object);
const quoted = (value: unknown) => (typeof value === 'string' ? `"${value}"` : String(value));
const files = {
  'rows.ndjson': lines(rows),
  'rows.csv': [columns.join(','), ...rows.map((row) => Object.values(row).map(quoted).join(','))].join('\n'),
};

async function tableOf(name: string): Promise<Table> {
  const path = join(folder, name);
  if (name.endsWith('.parquet')) {
    const source = await tableOf('rows.ndjson');
    const connection = await (await DuckDBInstance.create()).connect();
    await connection.run(`COPY (SELECT scored_at::TIMESTAMP AS scored_at, joined::TIMESTAMP AS joined, active::BOOLEAN AS active, comment, plan, amount
      FROM read_json('${source.files[0]?.path}', format = 'newline_delimited')) TO '${path}'`);
  } else await segmentOf(folder, name, files[name as keyof typeof files], { layout: 'flat', id: [], ignored: [] });
  const format = name.endsWith('.csv') ? 'csv' : name.endsWith('.parquet') ? 'parquet' : 'ndjson';
  return { files: [{ path, format }], time: 'scored_at', answers: 'numeric', ignored: [], declared: {} };
}

const sampleOf = async (table: Table) => createDuckdbTables().sample(table, eventTime('2100-01-01'));
const kindsOf = (samples: readonly ColumnSample[]) => Object.fromEntries(samples.map(({ name, kind, of }) => [name, of ?? kind]));

describe.each(['rows.ndjson', 'rows.csv', 'rows.parquet'])('columns of every kind in %s', (name) => {
  it('given no kind is declared, when they are sampled, then each is told by its values, with the reason', async () => {
    const samples = await sampleOf(await tableOf(name));
    expect(kindsOf(samples)).toEqual({ joined: 'time', active: 'boolean', comment: 'text', plan: 'categorical', amount: 'numeric' });
    const reasons = Object.fromEntries(samples.map(({ name: column, because }) => [column, because]));
    expect(reasons.joined).toBe('all its values are days or instants');
    expect(reasons.comment).toMatch(/^its values have \d words on the average and most differ$/);
    expect(reasons.plan).toBeUndefined();
  });

  it('when they are counted, then of a time its age in days is, and of a text its length in characters', async () => {
    const table = await tableOf(name);
    const tables = createDuckdbTables();
    const grid = cutGrid('kinds' as ModelName, await sampleOf(table));
    expect(Object.fromEntries(grid.columns.map((column) => [column.name, kindOf(column)]))).toMatchObject({
      joined: 'time',
      comment: 'text',
    });
    const { partitions, anomalies } = await tables.count(table, grid);
    expect(anomalies).toEqual({});
    const [first] = partitions;
    expect(first).toMatchObject({ day: '2024-03-10', rows: 4 });
    expect(first?.columns.joined).toMatchObject({ nulls: 0, typeErrors: 0, min: 9, max: 9 });
    const lengths = rows.filter((_, row) => row % 10 === 0).map(({ comment }) => [...comment].length);
    expect(first?.columns.comment).toMatchObject({ min: Math.min(...lengths), max: Math.max(...lengths) });
  });

  it('given a kind is declared, when it is sampled, then it stands, and values that do not fit it are of the wrong type', async () => {
    const table: Table = { ...(await tableOf(name)), declared: { plan: 'time', comment: 'categorical' } };
    const samples = await sampleOf(table);
    expect(kindsOf(samples)).toMatchObject({ plan: 'time', comment: 'categorical' });
    const { partitions } = await createDuckdbTables().count(table, cutGrid('kinds' as ModelName, samples));
    expect(partitions.reduce((sum, { columns }) => sum + (columns.plan?.typeErrors ?? 0), 0)).toBe(40);
  });

  it('given rows without a time, when they are sampled, then a time has no age and stays a name', async () => {
    const { time, ...table } = await tableOf(name);
    expect(kindsOf(await sampleOf({ ...table, ignored: [time as string] }))).toMatchObject({ joined: 'categorical', comment: 'text' });
  });
});

it.each([
  ['time', ['2024-01-01', '2024-01-02T10:00Z']],
  ['categorical', ['2024-01-01', 'soon']],
  ['boolean', ['True', 'false', 'TRUE']],
  ['categorical', ['yes', 'no']],
  ['categorical', []],
  ['text', ['how do I do this', 'where is my new card', 'a b c']],
  ['categorical', ['one of three', 'one of three', 'two of three', 'two of three']],
  ['categorical', ['a1', 'b2', 'c3', 'd4']],
] as const)('takes as %s: %j', (kind, values) => {
  expect(kindOfTexts(values).kind).toBe(kind);
});
