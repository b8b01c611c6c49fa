import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDuckdbCounting } from '../../adapters/counting/duckdb/counting.ts';
import { createFileStore } from '../../adapters/store/file/file-store.ts';
import { cellFinder } from '../../domain/grid/cell-finder.ts';
import { cellsOf } from '../../domain/grid/cells-of.ts';
import { cutGrid } from '../../domain/grid/cut-grid.ts';
import { cutNumeric } from '../../domain/grid/cut-numeric.ts';
import { canonicalJson } from '../../domain/identity/canonical-json.ts';
import type { ModelName } from '../../domain/identity/names.ts';
import { addCounts } from '../../domain/ledger/add-counts.ts';
import { categoricalSums, numericSums } from '../../domain/ledger/column-sum.ts';
import type { ColumnCounts, Partition } from '../../domain/ledger/entry.ts';
import { mergePartitions } from '../../domain/ledger/merge-partitions.ts';
import type { RowMapping } from '../../domain/ledger/row-mapping.ts';
import { segmentOf } from '../adapters/counting/rows.ts';
import { sharedData } from '../shared-data.ts';

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const values = fc.array(fc.oneof(finite, fc.integer({ min: -50, max: 50 })), { minLength: 1, maxLength: 300 });

describe('cells', () => {
  it('are found as a search along the edges finds them', () =>
    fc.assert(
      fc.property(values, values, (sample, others) => {
        const { edges } = cutNumeric({ name: 'x', role: 'feature', kind: 'numeric', values: sample });
        const find = cellFinder(edges);
        for (const value of [...sample, ...others]) expect(find(value)).toBe(edges.filter((edge) => edge <= value).length);
      }),
      {
        examples: [
          [[-1.7e308, 0, 1.7e308], [1]],
          [[0, 5e-324], [1]],
        ],
      },
    ));

  it('have ascending edges and coarse cells, whatever the order of the sample', () =>
    fc.assert(
      fc.property(values, (sample) => {
        const cut = cutNumeric({ name: 'x', role: 'feature', kind: 'numeric', values: sample });
        const ascending = (list: readonly number[]) => list.every((item, index) => index === 0 || item > (list[index - 1] as number));
        expect(ascending(cut.edges) && ascending(cut.coarse)).toBe(true);
        expect(cut.coarse.length).toBeLessThanOrEqual(32);
        expect(cut).toEqual(cutNumeric({ name: 'x', role: 'feature', kind: 'numeric', values: sample.toReversed() }));
        expect(() => canonicalJson(cut)).not.toThrow();
      }),
    ));

  it('hold equal mass, no more than two in 1,800 of distinct values, and single values at either end', () => {
    const sample = Array.from({ length: 40_000 }, (_, index) => Math.sin(index) * index);
    const column = cutNumeric({ name: 'x', role: 'feature', kind: 'numeric', values: sample });
    const sum = numericSums(column)();
    for (const value of sample) sum.add(value);
    const { cells } = sum.counts();
    expect(cellsOf(column)).toBeGreaterThan(1_800);
    expect(cellsOf(column)).toBeLessThanOrEqual(2_048);
    expect(Math.max(...cells)).toBeLessThan((2 * 40_000) / 1_800);
    expect(new Set([...cells.slice(1, 11), ...cells.slice(-11)])).toEqual(new Set([1]));
  });
});

describe('counts of parts', () => {
  const column = cutNumeric({ name: 'x', role: 'feature', kind: 'numeric', values: [1, 2, 3, 5, 8, 13, 21] });
  const categories = { name: 'c', role: 'feature', kind: 'categorical', categories: ['a', 'b'] } as const;
  const dealt = (deals: readonly number[], count: (part: readonly number[]) => ColumnCounts) =>
    [0, 1, 2, 3].map((part) => count([...deals.keys()].filter((index) => deals[index] === part))).reduce(addCounts);

  it('add up to the counts of the whole, byte for byte, however numbers are dealt out', () =>
    fc.assert(
      fc.property(values, fc.infiniteStream(fc.nat(3)), (numbers, stream) => {
        const deals = numbers.map(() => stream.next().value as number);
        const count = (rows: readonly number[]) => {
          const sum = numericSums(column)();
          for (const row of rows) sum.add(numbers[row] as number);
          return sum.counts();
        };
        const whole = count([...numbers.keys()]);
        expect(canonicalJson(dealt(deals, count))).toBe(canonicalJson(whole));
      }),
    ));

  it('add up to the counts of the whole however many unseen categories there are', () =>
    fc.assert(
      fc.property(
        fc.array(fc.string({ maxLength: 3 }), { minLength: 30, maxLength: 200 }),
        fc.infiniteStream(fc.nat(3)),
        (names, stream) => {
          const deals = names.map(() => stream.next().value as number);
          const count = (rows: readonly number[]) => {
            const sum = categoricalSums(categories)();
            for (const row of rows) sum.add(names[row] as string);
            return sum.counts();
          };
          expect(canonicalJson(dealt(deals, count))).toBe(canonicalJson(count([...names.keys()])));
        },
      ),
    ));
});

const hours = sharedData('bike/hour.csv');

describe.skipIf(hours === undefined)('a month of real hours (skipped without the shared data)', () => {
  const mapping: RowMapping = { layout: 'flat', id: ['instant'], time: 'dteday', prediction: 'cnt', ignored: ['casual', 'registered'] };
  const [header, ...rows] = (hours === undefined ? '' : readFileSync(hours, 'utf8')).trim().split('\n').slice(0, 745);

  it('given 1 to 64 segments in any order, when they are counted and summed, then the sums are byte-identical', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'anchorwatch-law-'));
    try {
      const counting = createDuckdbCounting({ store: createFileStore(join(folder, 'store')), stateRoot: folder });
      const whole = await segmentOf(folder, 'whole.csv', [header, ...rows].join('\n'), mapping);
      const grid = cutGrid('bike' as ModelName, await counting.sample({ rows: [whole], declared: { season: 'categorical' } }));
      const sums: string[] = [];
      for (const parts of [1, 2, 7, 64]) {
        const partitions: Partition[] = [];
        for (let part = parts - 1; part >= 0; part--) {
          const mine = rows.filter((_, index) => (index * 31) % parts === part);
          const segment = await segmentOf(folder, `${parts}-${part}.csv`, [header, ...mine].join('\n'), mapping);
          const counted = await counting.count({ ...segment, grid, before: [] });
          expect(counted.anomalies).toEqual({});
          partitions.push(...counted.partitions);
        }
        sums.push(canonicalJson(mergePartitions(partitions)));
      }
      expect(sums[0]?.length).toBeGreaterThan(10_000);
      expect(new Set(sums).size).toBe(1);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
