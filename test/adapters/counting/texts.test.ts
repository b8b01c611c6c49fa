import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance, type DuckDBVector } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDuckdbTables } from '../../../adapters/counting/duckdb/tables.ts';
import { TextReader } from '../../../adapters/counting/duckdb/text-reader.ts';
import type { CategoricalColumn, Grid } from '../../../domain/grid/grid.ts';
import type { ModelName } from '../../../domain/identity/names.ts';
import { mergePartitions } from '../../../domain/ledger/merge-partitions.ts';

const rows = 60_000;
/** Short texts stand in DuckDB's vectors themselves, of long ones an address does; some are missing, and most may differ. */
const columns = {
  short: `CASE WHEN i % 10 = 0 THEN NULL ELSE 'k' || (i % 7) END`,
  empty: `CASE WHEN i % 3 = 0 THEN '' ELSE 'x' END`,
  long: `CASE WHEN i % 11 = 0 THEN NULL ELSE 'a name of more than twelve bytes, ' || (i % 5) END`,
  mixed: `CASE WHEN i % 2 = 0 THEN 'short' ELSE 'as long as no vector holds itself ' || (i % 3) END`,
  manyShort: `'n' || (i % 20000)`,
  manyLong: `'one of very many long names ' || (i % 20000)`,
  longOfGroups: `'the same length, other bytes ' || chr(97 + (i // 2048)::INT % 26)`,
} as const;

describe('texts of a Parquet file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'anchorwatch-texts-'));
  const path = join(folder, 'texts.parquet');
  const counts = new Map<string, Map<string | null, number>>();

  beforeAll(async () => {
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    const wanted = Object.entries(columns).map(([name, sql]) => `${sql} AS "${name}"`);
    await connection.run(`COPY (SELECT ${wanted.join(', ')} FROM range(${rows}) r(i)) TO '${path}' (FORMAT parquet, ROW_GROUP_SIZE 2048)`);
    for (const name of Object.keys(columns)) {
      const grouped = await connection.runAndReadAll(`SELECT "${name}", count(*) FROM read_parquet('${path}') GROUP BY 1`);
      counts.set(name, new Map(grouped.getRows().map(([text, held]) => [text as string | null, Number(held)])));
    }
    connection.closeSync();
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(Object.keys(columns))('given %s, when they are counted, then each is counted as often as it stands there', async (name) => {
    const expected = counts.get(name) as Map<string | null, number>;
    const categories = [...expected.keys()].filter((text) => text !== null).slice(0, 10_000);
    const column: CategoricalColumn = { name, role: 'feature', kind: 'categorical', categories };
    const grid: Grid = { kind: 'grid', schemaVersion: 1, madeFrom: [], model: 'texts' as ModelName, columns: [column] };
    const counted = await createDuckdbTables().count(
      { files: [{ path, format: 'parquet' }], answers: 'numeric', ignored: [], declared: {} },
      grid,
    );
    const [whole] = mergePartitions(counted.partitions.map((partition) => ({ ...partition, day: '1970-01-01' })));
    const named = categories.map((text) => expected.get(text) ?? 0);
    const nulls = expected.get(null) ?? 0;
    const others = rows - nulls - named.reduce((sum, held) => sum + held, 0);
    expect(whole?.columns[name]).toMatchObject({ cells: [...named, others], nulls });
  });
});

/** A chunk's texts that all stand at one address, as its memory is used again by the next. */
function chunkOf(text: string): DuckDBVector {
  const words = new DataView(new ArrayBuffer(2 * 16));
  for (const row of [0, 1]) {
    words.setInt32(16 * row, text.length, true);
    words.setBigUint64(16 * row + 8, 4096n, true);
  }
  return { itemCount: 2, dataView: words, validity: { data: null }, getItem: () => text } as unknown as DuckDBVector;
}

describe('texts at an address', () => {
  it('given two chunks that use one address, when they are read, then the text of the first is not taken for that of the second', () => {
    const reader = new TextReader();
    const codes = new Int32Array(4);
    reader.read(chunkOf('a name of the first'), codes, 0);
    reader.read(chunkOf('a name of the other'), codes, 2);
    expect([...codes].map((code) => reader.texts[code])).toEqual([
      'a name of the first',
      'a name of the first',
      'a name of the other',
      'a name of the other',
    ]);
    expect(reader.texts).toHaveLength(2);
  });
});
