import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDuckdbTables, type Table } from '../../../adapters/counting/duckdb/tables.ts';
import { eventTime } from '../../../domain/identity/event-time.ts';
import { Folder } from '../../check/tables.ts';

const folder = new Folder();
afterAll(() => folder.remove());

const always = eventTime('2100-01-01');
const numbered = (from: number, rows: number, more = '') =>
  `SELECT (i + ${from})::DOUBLE AS number, 'c' || ((i + ${from}) % 7) AS name, TIMESTAMP '2024-01-01' + to_minutes(i) AS at ${more} FROM range(${rows}) r(i)`;
const everyFrom = (first: number, step: number, end: number) =>
  Array.from({ length: Math.ceil((end - first) / step) }, (_, place) => first + step * place);

describe('a sample of Parquet files', () => {
  let files: Table['files'];
  const sampled = async (before = always, table: Partial<Table> = {}) =>
    createDuckdbTables().sample({ files, answers: 'numeric', ignored: [], declared: {}, ...table }, before);
  const numbersOf = (columns: Awaited<ReturnType<typeof sampled>>) => [...(columns.find(({ name }) => name === 'number')?.values ?? [])];

  beforeAll(async () => {
    const paths = [
      await folder.parquet('first.parquet', numbered(0, 100_001)),
      await folder.parquet('second.parquet', numbered(100_001, 50_000)),
    ];
    files = paths.map((path) => ({ path, format: 'parquet' }));
  });

  it('given two files of 150,001 rows together, when they are sampled, then every fourth row over both is taken', async () => {
    const columns = await sampled();
    const taken = everyFrom(0, 4, 150_001);
    expect(numbersOf(columns)).toEqual(taken);
    expect(columns.find(({ name }) => name === 'name')?.values).toEqual(taken.map((number) => `c${number % 7}`));
  });

  it('given 65,536 rows, when they are sampled, then every second is taken, and of one less all', async () => {
    const ofRows = async (rows: number) => {
      const path = await folder.parquet(`of-${rows}.parquet`, numbered(0, rows));
      return numbersOf(await sampled(always, { files: [{ path, format: 'parquet' }] }));
    };
    expect(await ofRows(65_536)).toEqual(everyFrom(0, 2, 65_536));
    expect(await ofRows(65_535)).toEqual(everyFrom(0, 1, 65_535));
  });

  it('given times that all lie before, when they are sampled, then the sample is the one without times', async () => {
    expect(numbersOf(await sampled(always, { time: 'at' }))).toEqual(everyFrom(0, 4, 150_001));
  });

  it('given rows that come later, when they are sampled, then the others are thinned without them', async () => {
    const firstWeek = 7 * 24 * 60;
    const table = { time: 'at', files: files.slice(0, 1) };
    expect(numbersOf(await sampled(eventTime('2024-01-08'), table))).toEqual(everyFrom(0, 1, firstWeek));
  });

  it('given a column by the name DuckDB numbers rows by, when it is sampled, then it is a column like any other', async () => {
    const path = await folder.parquet('named.parquet', numbered(0, 100_000, ', -i AS file_row_number'));
    const columns = await sampled(always, { files: [{ path, format: 'parquet' }] });
    const own = columns.find(({ name }) => name === 'file_row_number');
    expect([...(own?.values ?? [])].slice(0, 3)).toEqual([0, -2, -4]);
  });
});
