import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDuckdbTables } from '../../adapters/counting/duckdb/tables.ts';
import { driftFile } from '../../benchmarks/drift-files.ts';
import { cutGrid } from '../../domain/grid/cut-grid.ts';
import { eventTime } from '../../domain/identity/event-time.ts';
import type { ModelName } from '../../domain/identity/names.ts';
import type { ColumnCounts } from '../../domain/ledger/entry.ts';
import { check } from '../../library/check.ts';

const folder = mkdtempSync(join(tmpdir(), 'anchorwatch-generated-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('given two generated files of 50 columns, the second moved by .1 sigma in twenty of them', () => {
  const rows = 20_000;
  let baseline: string;
  let data: string;
  beforeAll(async () => {
    baseline = await driftFile(folder, { rows, seed: 1, shift: 0 });
    data = await driftFile(folder, { rows, seed: 2, shift: 0.1 });
  });

  it('when the first is counted, then every row stands in one cell of each column or is missing, as many as the file holds', async () => {
    const tables = createDuckdbTables();
    const table = { files: [{ path: baseline, format: 'parquet' }], answers: 'numeric', ignored: [], declared: {} } as const;
    const grid = cutGrid('generated' as ModelName, await tables.sample(table, eventTime('2100-01-01')));
    const { partitions, anomalies } = await tables.count(table, grid);
    const counts = (column: string) => partitions.map(({ columns }) => columns[column] as ColumnCounts);
    const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
    expect(anomalies).toEqual({});
    expect(grid.columns).toHaveLength(50);
    for (const { name } of grid.columns) {
      const missing = sum(counts(name).map(({ nulls }) => nulls));
      expect(missing, name).toBe(missingValues[name] ?? 0);
      expect(sum(counts(name).flatMap(({ cells }) => cells)) + missing, name).toBe(rows);
    }
    const commonest = sum(counts('k9').map(({ cells }) => cells[0] as number));
    expect(commonest).toBe(rowsOfCommonest);
  });

  it('when they are compared, then each of the twenty shows the shift, the others none, and the means lie where they should', async () => {
    const report = await check({ baseline, data });
    const shifts = Object.fromEntries(report.columns.map(({ column, statistics }) => [column, statistics.meanShiftInSigmas ?? 0]));
    for (let column = 0; column < 40; column++) {
      if (column % 4 === 3) continue;
      expect(Math.abs((shifts[`n${column}`] as number) - (column < 20 ? 0.1 : 0)), `n${column}`).toBeLessThan(0.04);
    }
  });
});

/** Of 20,000 rows with seed 1, as DuckDB itself counts them. */
const rowsOfCommonest = 2002;
const missingValues: Readonly<Record<string, number>> = { n9: 179, n19: 187, n29: 195, n39: 195 };
