import { expect, it } from 'vitest';
import { type Batch, rowsPerBatch, type Values } from '../../../adapters/counting/duckdb/batch.ts';
import { codedTexts } from '../../../adapters/counting/duckdb/coded-texts.ts';
import { RowCount } from '../../../adapters/counting/duckdb/count-rows.ts';
import type { ColumnSample } from '../../../domain/grid/column-sample.ts';
import { cutGrid } from '../../../domain/grid/cut-grid.ts';
import { canonicalJson } from '../../../domain/identity/canonical-json.ts';
import type { ModelName } from '../../../domain/identity/names.ts';
import type { Partition } from '../../../domain/ledger/entry.ts';
import { mergePartitions } from '../../../domain/ledger/merge-partitions.ts';
import { seededRandom } from '../../../domain/statistics/seeded-random.ts';

const random = seededRandom(11);
const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
const name = (index: number) => String(index).padStart(2, '0');
const numbers = Array.from({ length: 45 }, () => Float64Array.from({ length: rowsPerBatch }, normal));
const texts = Array.from({ length: 5 }, (_, column) =>
  Array.from({ length: rowsPerBatch }, () => `name ${Math.floor(random() ** 2 * 10 ** (column + 1))}`),
);
const samples: ColumnSample[] = [
  ...numbers.map((values, index): ColumnSample => ({ name: `n${name(index)}`, role: 'feature', kind: 'numeric', values })),
  ...texts.map((values, index): ColumnSample => ({ name: `t${name(index)}`, role: 'feature', kind: 'categorical', values })),
];

/** The same rows 64 times over: what matters is how many digits the counts have. */
it('given a day of a million rows of 50 columns and three segments, when it is counted, then its counts are under a megabyte of JSON', () => {
  const grid = cutGrid('any' as ModelName, samples, [
    { by: 'values', name: 'kind', column: 't00', values: ['name 0', 'name 1', 'name 2'] },
    { by: 'range', name: 'low', column: 'n00', below: 0 },
    { by: 'range', name: 'high', column: 'n01', above: 1 },
  ]);
  const count = new RowCount(grid, undefined, undefined, undefined);
  const coded = texts.map((values) => codedTexts(values));
  const numeric = (values: Float64Array): Values => ({ kind: 'numeric', values });
  const batch: Batch = {
    rows: rowsPerBatch,
    ids: [],
    times: new Float64Array(rowsPerBatch),
    columns: [
      ...numbers.map(numeric),
      ...coded,
      coded[0] as Values,
      numeric(numbers[0] as Float64Array),
      numeric(numbers[1] as Float64Array),
    ],
  };
  count.add(batch);
  let partitions = count.partitions();
  while ((partitions[0] as Partition).rows < 1_000_000) partitions = mergePartitions([...partitions, ...partitions]);
  expect(partitions).toHaveLength(1);
  expect(Object.keys(partitions[0]?.slices ?? {})).toHaveLength(5);
  const bytes = Buffer.byteLength(canonicalJson(partitions));
  expect(bytes).toBeGreaterThan(200_000);
  expect(bytes).toBeLessThan(1_000_000);
});

it('given a column of a hundred thousand names the grid does not know, when a million rows are counted, then it takes under 400 kB', () => {
  const grid = cutGrid('any' as ModelName, [{ name: 'plan', role: 'feature', kind: 'categorical', values: ['free'] }]);
  const count = new RowCount(grid, undefined, undefined, undefined);
  for (let from = 0; from < 1_000_000; from += rowsPerBatch) {
    const rows = Math.min(rowsPerBatch, 1_000_000 - from);
    const values = Array.from({ length: rows }, (_, row) => `customer ${((from + row) * 7919) % 100_000}`);
    count.add({ rows, ids: [], times: new Float64Array(rows), columns: [codedTexts(values)] });
  }
  const [partition] = count.partitions();
  const counts = partition?.columns.plan;
  const rows = [...Object.values(counts?.newCategories ?? {}), ...(counts?.newCategoryBuckets ?? [])];
  expect(rows.reduce((sum, more) => sum + more, 0)).toBe(1_000_000);
  const bytes = Buffer.byteLength(canonicalJson(counts));
  expect(bytes).toBeGreaterThan(150_000);
  expect(bytes).toBeLessThan(400_000);
});
