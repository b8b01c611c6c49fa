import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDuckdbCounting } from '../../adapters/counting/duckdb/counting.ts';
import { createFileStore } from '../../adapters/store/file/file-store.ts';
import { cutGrid } from '../../domain/grid/cut-grid.ts';
import { canonicalJson } from '../../domain/identity/canonical-json.ts';
import type { ModelName } from '../../domain/identity/names.ts';
import type { Counting, SegmentRows } from '../../domain/ledger/counting.port.ts';
import type { Partition } from '../../domain/ledger/entry.ts';
import { labelledOutcomes } from '../../domain/ledger/labelled-outcomes.ts';
import { mergePartitions } from '../../domain/ledger/merge-partitions.ts';
import type { RowMapping } from '../../domain/ledger/row-mapping.ts';
import { segmentOf } from '../adapters/counting/rows.ts';

const made: RowMapping = { layout: 'flat', id: ['id'], time: 'time', prediction: 'said', score: 'p', ignored: [] };
const known: RowMapping = { layout: 'flat', id: ['id'], label: 'label', ignored: [] };

const customer = fc.record({
  day: fc.integer({ min: 1, max: 3 }),
  said: fc.constantFrom('stay', 'churn'),
  score: fc.constantFrom(0.1, 0.5, 0.9),
  /** Labels in the order in which they become known; none is absence. */
  labels: fc.array(fc.constantFrom('stay', 'churn', 'moved'), { maxLength: 2 }),
  madeIn: fc.nat(2),
  knownIn: fc.nat(3),
});
type Customer = typeof customer extends fc.Arbitrary<infer C> ? C : never;

const grid = cutGrid('churn' as ModelName, [
  { name: 'p', role: 'score', kind: 'numeric', values: [0.1, 0.5, 0.9] },
  { name: 'said', role: 'prediction', kind: 'categorical', values: ['stay', 'churn'] },
]);

let folder: string;
let counting: Counting;
let files = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anchorwatch-absent-'));
  counting = createDuckdbCounting({ store: createFileStore(join(folder, 'store')), stateRoot: folder });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function segment(holds: 'predictions' | 'outcomes', lines: readonly string[], absent?: string): Promise<SegmentRows> {
  const [header, mapping] = holds === 'predictions' ? ['id,time,said,p', made] : ['id,label', known];
  const rows = await segmentOf(folder, `${++files}.csv`, [header, ...lines].join('\n'), mapping, { holds });
  return { ...rows, answers: 'categorical', positive: 'churn', ...(absent !== undefined && { absent }) };
}

/** Segments in their order, those of outcomes before, between and after the predictions they belong to. */
async function count(customers: readonly Customer[], absent?: string): Promise<Partition[]> {
  const before: SegmentRows[] = [];
  const partitions: Partition[] = [];
  const next = async (holds: 'predictions' | 'outcomes', lines: readonly string[]) => {
    if (lines.length === 0) return;
    const rows = await segment(holds, lines, absent);
    partitions.push(...(await counting.count({ ...rows, grid, before })).partitions);
    before.push(rows);
  };
  for (let turn = 0; turn < 5; turn++) {
    await next(
      'outcomes',
      customers.flatMap(({ labels, knownIn }, id) => {
        const label = labels[turn - knownIn];
        return label === undefined ? [] : [`${id},${label}`];
      }),
    );
    await next(
      'predictions',
      customers.flatMap(({ day, said, score, madeIn }, id) => (madeIn === turn ? [`${id},2024-03-0${day},${said},${score}`] : [])),
    );
  }
  return mergePartitions(partitions);
}

describe('outcomes whose absence means a label', () => {
  it('are counted as if the absent ones had come, in whatever order predictions, outcomes and corrections become known', () =>
    fc.assert(
      fc.asyncProperty(fc.array(customer, { minLength: 1, maxLength: 12 }), async (customers) => {
        const presumed = await count(customers, 'stay');
        const explicit = await count(customers.map((one) => (one.labels.length === 0 ? { ...one, labels: ['stay'] } : one)));
        const labelled = (days: readonly Partition[]) => canonicalJson(days.map((day) => [day.day, day.rows, labelledOutcomes(day)]));
        expect(labelled(presumed)).toBe(labelled(explicit));
      }),
      { numRuns: 10 },
    ));
});
