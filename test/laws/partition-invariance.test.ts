import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from 'vitest';
import { createDuckdbTables, type Table } from '../../adapters/counting/duckdb/tables.ts';
import { cutGrid } from '../../domain/grid/cut-grid.ts';
import { canonicalJson } from '../../domain/identity/canonical-json.ts';
import { eventTime } from '../../domain/identity/event-time.ts';
import type { ModelName } from '../../domain/identity/names.ts';
import type { Partition } from '../../domain/ledger/entry.ts';
import { mergePartitions } from '../../domain/ledger/merge-partitions.ts';
import { sharedData } from '../shared-data.ts';

const realFiles = [
  { name: 'two months of hours', path: sharedData('bike/hour.csv'), rows: 1_440, time: 'dteday', format: 'csv' },
  { name: 'two months of hours as Parquet', path: sharedData('bike/hour.csv'), rows: 1_440, time: 'dteday', format: 'parquet' },
  { name: 'four thousand questions', path: sharedData('banking77/train.csv'), rows: 4_000, time: undefined, format: 'csv' },
] as const;

/** A line break within quotation marks does not end it. */
const quotedLine = /(?:"(?:[^"]|"")*"|[^"\n])+/g;

/** Rows without times are dealt out by their place in the file: only their sum is the same. */
const asOneDay = (partitions: readonly Partition[]) => partitions.map((partition) => ({ ...partition, day: '1970-01-01' }));

describe.each(realFiles)('$name (skipped without the shared data)', ({ path, rows, time, format }) => {
  it.skipIf(path === undefined)('given 1 to 256 parts, when each is counted alone, then the sums are byte-identical', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'anchorwatch-parts-'));
    try {
      const [header, ...lines] = (readFileSync(path as string, 'utf8').match(quotedLine) ?? []).slice(0, rows + 1);
      const tables = createDuckdbTables();
      const connection = await (await DuckDBInstance.create(':memory:')).connect();
      const tableOf = async (name: string, mine: readonly string[]): Promise<Table> => {
        const file = join(folder, `${name}.csv`);
        writeFileSync(file, [header, ...mine].join('\n'));
        const path = join(folder, `${name}.${format}`);
        if (format === 'parquet') await connection.run(`COPY (FROM read_csv('${file}')) TO '${path}'`);
        return { files: [{ path, format }], answers: 'numeric', ignored: [], declared: {}, ...(time && { time }) };
      };
      const quarter = await tableOf('quarter', lines.slice(0, lines.length / 4));
      const grid = cutGrid('real' as ModelName, await tables.sample(quarter, eventTime('2100-01-01')));
      const sums: string[] = [];
      for (const parts of [1, 2, 5, 32, 256]) {
        const partitions: Partition[] = [];
        for (let part = 0; part < parts; part++) {
          const mine = lines.filter((_, index) => (index * 31) % parts === part);
          const counted = await tables.count(await tableOf(`${parts}-${part}`, mine), grid);
          partitions.push(...(time === undefined ? asOneDay(counted.partitions) : counted.partitions));
        }
        const merged = mergePartitions(partitions);
        expect(merged.reduce((sum, { rows }) => sum + rows, 0)).toBe(rows);
        sums.push(canonicalJson(merged));
      }
      connection.closeSync();
      expect(new Set(sums).size).toBe(1);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
