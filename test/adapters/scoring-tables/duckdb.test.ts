import { access, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withConnection } from '../../../adapters/scoring-tables/duckdb/connection.ts';
import { duckdbScoringTables } from '../../../adapters/scoring-tables/duckdb/duckdb-scoring-tables.ts';
import type { ScoredRows } from '../../../domain/gates/scored-rows.ts';
import type { RowsToScore } from '../../../domain/gates/scoring-tables.port.ts';
import type { Version } from '../../../domain/identity/names.ts';
import type { PreparedData } from '../../../domain/training/prepared-data.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "anchorwatch-it's-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** 1,200 hours with a feature of each type. */
async function prepare(time = "TIMESTAMP '2011-04-01' + INTERVAL (i) HOUR"): Promise<PreparedData> {
  const test = join(folder, 'test.parquet');
  await withConnection((connection) =>
    connection.run(`COPY (
      SELECT 'h' || i AS "hour id", ${time} AS at, i::BIGINT AS n, i / 7 AS share, 'c' || (i % 3) AS plan, i % 2 = 0 AS holiday,
        CASE WHEN i = 5 THEN 'NaN'::DOUBLE WHEN i = 6 THEN NULL ELSE 1.5 END AS "a ""gap""", i * 2.0::DOUBLE AS demand, 1.0 AS weight
      FROM range(1200) AS hours(i)
    ) TO '${test.replaceAll("'", "''")}' (FORMAT parquet)`),
  );
  const columns = { id: 'hour id', time: 'at', label: 'demand', weight: 'weight', features: ['n', 'share', 'plan', 'holiday', 'a "gap"'] };
  return { files: { test }, columns } as unknown as PreparedData;
}

/** As scoring asks: the test rows, with what is kept of them. */
const rowsOf = ({ files, columns: { id, time, label, features } }: PreparedData): RowsToScore => ({
  path: files.test,
  columns: [id, time, ...features, label],
});

const scored = (path: string): ScoredRows =>
  ({ path, columns: { id: 'hour id', time: 'at', label: 'demand', prediction: 'prediction', features: [] } }) as unknown as ScoredRows;

describe('scoring tables in DuckDB', () => {
  it('given a file, when its features are read, then they come in order, in batches, as JSON carries them', async () => {
    const { files, columns } = await prepare();
    const batches = await allOf(duckdbScoringTables.features(files.test, columns.features, 500));
    expect(batches.map((batch) => batch.length)).toEqual([500, 500, 200]);
    const rows = batches.flat();
    expect(rows[7]).toEqual([7, 1, 'c1', false, 1.5]);
    expect([rows[5]?.[4], rows[6]?.[4]]).toEqual([null, null]);
    expect(rows.every(([n], row) => n === row)).toBe(true);
  });

  it('given predictions with gaps, when they are written, then answered rows stand beside their own labels', async () => {
    const prepared = await prepare();
    const to = join(folder, 'scored', 'bike', '4-abc.parquet');
    const predictions = Array.from({ length: 1200 }, (_, row) => (row % 100 === 0 ? undefined : row + 0.5));
    await duckdbScoringTables.write(to, rowsOf(prepared), '4' as Version, predictions);
    expect(await duckdbScoringTables.count(to)).toBe(1188);
    const rows = await duckdbScoringTables.read(scored(to));
    expect(rows[0]).toEqual({ id: 'h1', timeMilliseconds: Date.parse('2011-04-01T01:00:00Z'), label: 2, prediction: 1.5 });
    expect(rows.every(({ id, label, prediction }) => Number(prediction) * 2 - 1 === label && id === `h${Number(label) / 2}`)).toBe(true);
    expect(await readdir(join(folder, 'scored', 'bike'))).toEqual(['4-abc.parquet']);
  });

  it('given answers of which some have a score, when they are written, then scores come back where they were', async () => {
    const to = join(folder, 'scored.parquet');
    const answers = Array.from({ length: 1200 }, (_, row) => (row % 2 === 0 ? 1 : { prediction: 0, score: row / 1200 }));
    await duckdbScoringTables.write(to, rowsOf(await prepare()), '4' as Version, answers);
    const rows = await duckdbScoringTables.read(scored(to));
    expect(rows[0]).toEqual({ id: 'h0', timeMilliseconds: Date.parse('2011-04-01T00:00:00Z'), label: 0, prediction: 1 });
    expect(rows[3]).toMatchObject({ prediction: 0, score: 3 / 1200 });
  });

  it.each([
    ['text with a zone', `strftime(TIMESTAMP '2011-04-01' + INTERVAL (i) HOUR, '%Y-%m-%dT%H:%M:%S.%gZ')`],
    ['a time with a zone', `(TIMESTAMP '2011-04-01' + INTERVAL (i) HOUR) AT TIME ZONE 'UTC'`],
    ['text without a zone', `strftime(TIMESTAMP '2011-04-01' + INTERVAL (i) HOUR, '%Y-%m-%d %H:%M:%S')`],
  ])('given times as %s, when rows are read, then they are UTC', async (_, time) => {
    const to = join(folder, 'scored.parquet');
    await duckdbScoringTables.write(
      to,
      rowsOf(await prepare(time)),
      '4' as Version,
      Array.from({ length: 1200 }, () => 1),
    );
    expect((await duckdbScoringTables.read(scored(to)))[3]?.timeMilliseconds).toBe(Date.parse('2011-04-01T03:00:00Z'));
  });

  it.each([
    [[0, 1], 'BIGINT'],
    [[0, 1.5], 'DOUBLE'],
    [['a', 'b'], 'VARCHAR'],
    [[true, false], 'BOOLEAN'],
    [['a', 1], 'VARCHAR'],
  ])('given predictions %j, when they are written, then their column is %s', async (values, type) => {
    const to = join(folder, 'scored.parquet');
    await duckdbScoringTables.write(to, rowsOf(await prepare()), '4' as Version, values);
    const described = await withConnection(async (connection) =>
      (await connection.run(`SELECT typeof(prediction), version FROM read_parquet('${to.replaceAll("'", "''")}')`)).getRowsJS(),
    );
    expect(described).toEqual([
      [type, '4'],
      [type, '4'],
    ]);
  });

  it('given a write that fails, when it has failed, then nothing is left and nothing is counted', async () => {
    const to = join(folder, 'scored', 'x.parquet');
    const prepared = { ...(await prepare()), files: { test: join(folder, 'absent.parquet') } } as unknown as PreparedData;
    await expect(duckdbScoringTables.write(to, rowsOf(prepared), '4' as Version, [1])).rejects.toThrow('absent.parquet');
    expect(await duckdbScoringTables.count(to)).toBeUndefined();
    await expect(access(to)).rejects.toThrow();
    expect(await readdir(join(folder, 'scored'))).toEqual([]);
  });
});

async function allOf<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
