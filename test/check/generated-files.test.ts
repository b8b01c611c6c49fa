import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDuckdbCounting } from '../../adapters/counting/duckdb/counting.ts';
import { createDuckdbTables } from '../../adapters/counting/duckdb/tables.ts';
import { createFileStore } from '../../adapters/store/file/file-store.ts';
import { driftFile, lateOutcomes } from '../../benchmarks/drift-files.ts';
import { cutGrid } from '../../domain/grid/cut-grid.ts';
import type { NumericColumn } from '../../domain/grid/grid.ts';
import { eventTime } from '../../domain/identity/event-time.ts';
import type { ModelName } from '../../domain/identity/names.ts';
import type { SegmentRows } from '../../domain/ledger/counting.port.ts';
import type { ColumnCounts, OutcomeCounts } from '../../domain/ledger/entry.ts';
import { check, compare, profile } from '../../library/index.ts';

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

  it('when the first was counted before, then the check says what it says of the two files', async () => {
    const kept = await profile({ data: baseline });
    expect(await compare({ baseline: kept, data })).toEqual(await check({ baseline, data }));
  });

  it('when its rows are predictions and their outcomes come later, then every outcome meets its prediction, with the errors there are', async () => {
    const { predictions, outcomes } = await lateOutcomes(baseline);
    const counting = createDuckdbCounting({ store: createFileStore(join(folder, 'store'), 'for a while'), stateRoot: folder });
    const predicted: SegmentRows = {
      segment: { id: 'p', holds: 'predictions', path: predictions, format: 'parquet', knownAt: eventTime('2024-02-01') },
      mapping: { layout: 'flat', id: ['id'], time: 'at', prediction: 'prediction', ignored: [] },
      answers: 'numeric',
    };
    const known: SegmentRows = {
      segment: { id: 'o', holds: 'outcomes', path: outcomes, format: 'parquet', knownAt: eventTime('2024-03-01') },
      mapping: { layout: 'flat', id: ['id'], label: 'label', ignored: [] },
      answers: 'numeric',
    };
    const grid = cutGrid('generated' as ModelName, await counting.sample({ rows: [predicted], declared: {} }));
    await counting.count({ ...predicted, grid, before: [] });
    const { partitions, waiting = 0 } = await counting.count({ ...known, grid, before: [predicted] });
    const prediction = grid.columns.find(({ role }) => role === 'prediction') as NumericColumn;
    const sum = (part: (counts: OutcomeCounts) => number) => partitions.reduce((all, { outcomes: met }) => all + (met ? part(met) : 0), 0);
    expect([sum(({ matched }) => matched), waiting]).toEqual([rows, 0]);
    expect((sum(({ absoluteError }) => Number(absoluteError)) * prediction.unit) / rows).toBeCloseTo(0.3 * Math.sqrt(2 / Math.PI), 2);
  });
});

/** Of 20,000 rows with seed 1, as DuckDB itself counts them. */
const rowsOfCommonest = 2002;
const missingValues: Readonly<Record<string, number>> = { n9: 179, n19: 187, n29: 195, n39: 195 };
