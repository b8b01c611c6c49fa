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
import type { ColumnSample } from '../../domain/grid/column-sample.ts';
import { cutGrid } from '../../domain/grid/cut-grid.ts';
import { cutNumeric } from '../../domain/grid/cut-numeric.ts';
import { canonicalJson } from '../../domain/identity/canonical-json.ts';
import type { ModelName } from '../../domain/identity/names.ts';
import { addCounts, addOutcomes } from '../../domain/ledger/add-counts.ts';
import { categoricalSums } from '../../domain/ledger/categorical-sum.ts';
import type { SegmentRows } from '../../domain/ledger/counting.port.ts';
import type { ColumnCounts, Partition } from '../../domain/ledger/entry.ts';
import { nearestWhole } from '../../domain/ledger/fixed-point.ts';
import { mergePartitions } from '../../domain/ledger/merge-partitions.ts';
import { numericSums } from '../../domain/ledger/numeric-sum.ts';
import type { Answer, OutcomeSum } from '../../domain/ledger/outcome-sum.ts';
import type { RowMapping } from '../../domain/ledger/row-mapping.ts';
import { outcomeSums } from '../../domain/ledger/sum-outcomes.ts';
import { classTotalsOf } from '../../domain/performance/class-totals-of.ts';
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

describe('numbers', () => {
  it('count alike one by one and together', () =>
    fc.assert(
      fc.property(values, fc.array(finite, { maxLength: 300 }), fc.integer({ min: 1, max: 20 }), (sample, others, times) => {
        const column = cutNumeric({ name: 'x', role: 'feature', kind: 'numeric', values: sample });
        const all = Array.from({ length: times }, () => [...sample, ...others]).flat();
        const [one, together] = [numericSums(column)(), numericSums(column)()];
        for (const value of all) one.add(value);
        together.addAll(Float64Array.from(all), all.length);
        expect(together.counts()).toEqual(one.counts());
      }),
    ));

  it('are rounded to the nearest whole, halves up', () =>
    fc.assert(
      fc.property(
        fc.oneof(
          finite,
          fc.integer().map((half) => half / 2),
          fc.integer().map(justUnderAHalf),
        ),
        (number) => {
          const whole = Math.floor(number);
          expect(nearestWhole(number)).toBe(number - whole >= 0.5 ? whole + 1 : whole + 0);
        },
      ),
      { examples: [[justUnderAHalf(0)], [-0.5], [0]] },
    ));
});

/** The largest double below a whole number and a half, of numbers this size. */
function justUnderAHalf(whole: number): number {
  const half = whole + 0.5;
  return half - Number.EPSILON * Math.max(0.25, 2 ** Math.floor(Math.log2(Math.abs(half))));
}

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

describe('outcomes of parts', () => {
  const names = Array.from({ length: 40 }, (_, index) => `class ${index}`);
  const gridWith = (prediction: ColumnSample) =>
    cutGrid('any' as ModelName, [{ name: 'p', role: 'score', kind: 'numeric', values: [0, 0.1, 0.3, 0.6, 1] }, prediction]);
  const classes = (few: number) => gridWith({ name: 'y', role: 'prediction', kind: 'categorical', values: names.slice(0, few) });
  const name = fc.constantFrom(...names, 'unheard of', 'never seen');
  const score = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(-2, 0, 1, 7));
  const kinds = {
    quantities: [outcomeSums(gridWith({ name: 'y', role: 'prediction', kind: 'numeric', values: [1, 5, 9] }), 'numeric'), finite],
    'a few classes, scored': [outcomeSums(classes(3), 'categorical', 'class 1'), name],
    'many classes, scored': [outcomeSums(classes(40), 'categorical', 'class 1'), name],
  } as const satisfies Record<string, readonly [() => OutcomeSum, fc.Arbitrary<Answer>]>;

  it.each(Object.entries(kinds))('of %s add up to those of the whole, byte for byte, corrections included', (_, [make, answer]) =>
    fc.assert(
      fc.property(
        fc.array(fc.record({ said: answer, first: answer, label: answer, score: fc.option(score, { nil: undefined }) }), { minLength: 1 }),
        fc.infiniteStream(fc.nat(3)),
        (rows, deals) => {
          const whole = make();
          const parts = [make(), make(), make(), make()];
          const deal = () => parts[deals.next().value as number] as OutcomeSum;
          for (const { said, first, label, score } of rows) {
            whole.add(said, label, 1, score);
            deal().add(said, first, 1, score);
            deal().add(said, first, -1, score);
            deal().add(said, label, 1, score);
          }
          expect(canonicalJson(parts.map((part) => part.counts()).reduce(addOutcomes))).toBe(canonicalJson(whole.counts()));
        },
      ),
    ),
  );

  it('keep the totals of every class, whether few are told apart in a table or many are not', () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(name, name), { minLength: 1 }), (rows) => {
        for (const named of [3, 40]) {
          const sum = outcomeSums(classes(named), 'categorical')();
          for (const [said, label] of rows) sum.add(said, label, 1);
          const places = [...names.slice(0, named).sort(), undefined];
          const isOf = (place: string | undefined, one: string) => (place === undefined ? !places.includes(one) : one === place);
          expect(classTotalsOf(sum.counts())).toEqual({
            right: places.map((place) => rows.filter(([said, label]) => isOf(place, label) && said === label).length),
            actual: places.map((place) => rows.filter(([, label]) => isOf(place, label)).length),
            predicted: places.map((place) => rows.filter(([said]) => isOf(place, said)).length),
          });
        }
      }),
    ));
});

describe('a month of scored customers', () => {
  const customers = Array.from({ length: 1500 }, (_, index) => {
    const p = ((index * 7919) % 1000) / 1000;
    const day = new Date(Date.UTC(2024, 0, 1 + (index % 30))).toISOString().slice(0, 10);
    return { id: String(index), made: `${index},${day},${p > 0.6 ? 1 : 0},${p}`, label: (index * 104_729) % 1000 < 1000 * p ? '1' : '0' };
  });
  const made: RowMapping = { layout: 'flat', id: ['id'], time: 'time', prediction: 'said', score: 'p', ignored: [] };
  const known: RowMapping = { layout: 'flat', id: ['id'], label: 'label', ignored: [] };
  const scored = { answers: 'categorical', positive: '1' } as const;

  it('given predictions and outcomes in 1 to 24 segments that come mixed, some outcomes corrected, then the sums are byte-identical', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'anchorwatch-law-'));
    try {
      const counting = createDuckdbCounting({ store: createFileStore(join(folder, 'store')), stateRoot: folder });
      const segment = async (name: string, mapping: RowMapping, holds: 'predictions' | 'outcomes', lines: readonly string[]) => ({
        ...(await segmentOf(folder, `${name}.csv`, [holds === 'outcomes' ? 'id,label' : 'id,time,said,p', ...lines].join('\n'), mapping, {
          holds,
        })),
        ...scored,
      });
      const all = await segment(
        'all',
        made,
        'predictions',
        customers.map((one) => one.made),
      );
      const grid = cutGrid('churn' as ModelName, await counting.sample({ rows: [all], declared: {} }), [
        { by: 'values', name: 'said', column: 'said', values: ['1'] },
        { by: 'range', name: 'sure', column: 'p', above: 0.9 },
      ]);
      const sums: string[] = [];
      for (const parts of [1, 5, 24]) {
        const before: SegmentRows[] = [];
        const partitions: Partition[] = [];
        const next = async (rows: SegmentRows) => {
          partitions.push(...(await counting.count({ ...rows, grid, before })).partitions);
          before.push(rows);
        };
        for (let part = 0; part < parts; part++) {
          const mine = customers.filter((_, index) => (index * 31) % parts === part);
          const others = customers.filter((_, index) => (index * 17 + 1) % parts === part);
          const wrong = others.filter((_, index) => parts > 1 && index % 9 === 0);
          await next(
            await segment(
              `${parts}-${part}-wrong`,
              known,
              'outcomes',
              wrong.map(({ id, label }) => `${id},${1 - Number(label)}`),
            ),
          );
          await next(
            await segment(
              `${parts}-${part}-made`,
              made,
              'predictions',
              mine.map((one) => one.made),
            ),
          );
          await next(
            await segment(
              `${parts}-${part}-known`,
              known,
              'outcomes',
              others.map(({ id, label }) => `${id},${label}`),
            ),
          );
        }
        const merged = mergePartitions(partitions);
        expect(merged.reduce((sum, { outcomes }) => sum + (outcomes?.matched ?? 0), 0)).toBe(customers.length);
        sums.push(canonicalJson(merged));
      }
      expect(new Set(sums).size).toBe(1);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
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
      const grid = cutGrid('bike' as ModelName, await counting.sample({ rows: [whole], declared: { season: 'categorical' } }), [
        { by: 'values', name: 'weather', column: 'weathersit', values: ['1', '2'] },
        { by: 'range', name: 'night', column: 'hr', below: 6 },
        { by: 'cross', name: 'both', of: ['weather', 'night'] },
      ]);
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
