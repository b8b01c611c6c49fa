import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDuckdbCounting } from '../../adapters/counting/duckdb/counting.ts';
import { createDuckdbTables } from '../../adapters/counting/duckdb/tables.ts';
import { createFileStore } from '../../adapters/store/file/file-store.ts';
import { cutGrid } from '../../domain/grid/cut-grid.ts';
import { canonicalJson } from '../../domain/identity/canonical-json.ts';
import type { ModelName } from '../../domain/identity/names.ts';
import type { Counting, SegmentRows } from '../../domain/ledger/counting.port.ts';
import type { Partition } from '../../domain/ledger/entry.ts';
import { mergePartitions } from '../../domain/ledger/merge-partitions.ts';
import { measureAll } from '../../domain/performance/measure-all.ts';
import { outcomeDays } from '../../domain/performance/outcome-days.ts';
import { outcomeScale } from '../../domain/performance/outcome-scale.ts';
import { segmentOf } from '../adapters/counting/rows.ts';

const grid = cutGrid(
  'law' as ModelName,
  [
    { name: 'p', role: 'score', kind: 'numeric', values: [0.1, 0.5, 0.9] },
    { name: 'said', role: 'prediction', kind: 'categorical', values: ['stay', 'churn'] },
    { name: 'tenure', role: 'feature', kind: 'numeric', values: [1, 2, 3, 4, 5, 6] },
  ],
  [{ by: 'values', name: 'plan', column: 'plan', values: ['free', 'pro'] }],
  {
    measures: [{ name: 'kept', better: 'higher', sum: { in: 'outcomes', column: 'worth' }, per: { in: 'predictions', column: 'tenure' } }],
    scores: { churn: 'p' },
  },
);

const row = fc.record({
  day: fc.integer({ min: 1, max: 3 }),
  tenure: fc.integer({ min: 0, max: 9 }),
  plan: fc.constantFrom('free', 'pro', 'other'),
  said: fc.constantFrom('stay', 'churn', ''),
  p: fc.constantFrom('', '0.1', '0.5', '0.9', '1.5'),
  label: fc.constantFrom('stay', 'churn', 'moved', ''),
  worth: fc.integer({ min: -3, max: 3 }),
});
type Row = typeof row extends fc.Arbitrary<infer R> ? R : never;

let folder: string;
let counting: Counting;
let files = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anchorwatch-law-'));
  counting = createDuckdbCounting({ store: createFileStore(join(folder, 'store')), stateRoot: folder });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const answered = (absent: string | undefined) =>
  ({ answers: 'categorical', positive: 'churn', awaitsOutcomes: true, ...(absent !== undefined && { absent }) }) as const;

/** Predictions in one file, and in a later one the outcomes of those that have any. */
async function byLedger(rows: readonly Row[], absent: string | undefined): Promise<Partition[]> {
  const made = rows.map(({ day, tenure, plan, said, p }, id) => `${id},2024-03-0${day},${tenure},${plan},${said},${p}`);
  const known = rows.flatMap(({ label, worth }, id) => (label === '' ? [] : [`${id},${label},${worth}`]));
  const predictions: SegmentRows = {
    ...(await segmentOf(folder, `${++files}.csv`, ['id,at,tenure,plan,said,p', ...made].join('\n'), {
      layout: 'flat',
      id: ['id'],
      time: 'at',
      prediction: 'said',
      score: 'p',
      ignored: [],
    })),
    ...answered(absent),
  };
  const outcomes: SegmentRows = {
    ...(await segmentOf(
      folder,
      `${++files}.csv`,
      ['id,label,worth', ...known].join('\n'),
      { layout: 'flat', id: ['id'], label: 'label', ignored: [] },
      { holds: 'outcomes' },
    )),
    ...answered(absent),
  };
  const first = await counting.count({ ...predictions, grid, before: [] });
  const second = known.length === 0 ? [] : (await counting.count({ ...outcomes, grid, before: [predictions] })).partitions;
  return mergePartitions([...first.partitions, ...second]);
}

async function byTable(rows: readonly Row[], absent: string | undefined): Promise<readonly Partition[]> {
  const lines = rows.map(
    ({ day, tenure, plan, said, p, label, worth }) => `2024-03-0${day},${tenure},${plan},${said},${p},${label},${worth}`,
  );
  const path = join(folder, `${++files}.csv`);
  await writeFile(path, ['at,tenure,plan,said,p,label,worth', ...lines].join('\n'));
  const counted = await createDuckdbTables().count(
    {
      files: [{ path, format: 'csv' }],
      time: 'at',
      prediction: 'said',
      score: 'p',
      outcomes: { label: 'label', positive: 'churn', ...(absent !== undefined && { absent }) },
      answers: 'categorical',
      ignored: [],
      declared: {},
    },
    grid,
  );
  return counted.partitions;
}

/** Without sums of nothing, which the ledger leaves away. */
const told = (partitions: readonly Partition[]) =>
  canonicalJson(
    partitions.map(({ day, rows, columns, outcomes, presumed, errors, presumedErrors, slices = {} }) => ({
      day,
      rows,
      columns,
      ...(outcomes && outcomes.matched > 0 && { outcomes, errors }),
      ...(presumed && presumed.matched > 0 && { presumed, presumedErrors }),
      slices: Object.entries(slices).map(([name, slice]) => [
        name,
        slice.rows,
        slice.outcomes?.matched ? slice.outcomes : 0,
        slice.presumed?.matched ? slice.presumed : 0,
      ]),
    })),
  );

it.each([undefined, 'stay'])(
  'rows that carry their outcomes are counted as a maintained model’s ledger counts predictions and outcomes apart; absence means %s',
  (absent) =>
    fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 30 }), async (rows) => {
        const [ledger, table] = [await byLedger(rows, absent), await byTable(rows, absent)];
        expect(told(table)).toBe(told(ledger));
        const metrics = (partitions: readonly Partition[]) =>
          measureAll(
            outcomeDays(partitions, partitions[0]?.version as Partition['version']).map(({ outcomes }) => outcomes),
            outcomeScale(grid, 'churn'),
          );
        expect(metrics(table)).toEqual(metrics(ledger));
      }),
      { numRuns: 8 },
    ),
);
