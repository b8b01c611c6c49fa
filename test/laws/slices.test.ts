import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Batch } from '../../adapters/counting/duckdb/batch.ts';
import { absent } from '../../adapters/counting/duckdb/batch.ts';
import { codedTexts } from '../../adapters/counting/duckdb/coded-texts.ts';
import { RowCount } from '../../adapters/counting/duckdb/count-rows.ts';
import { cellsOf } from '../../domain/grid/cells-of.ts';
import { coarseColumn } from '../../domain/grid/coarse-column.ts';
import { cutGrid } from '../../domain/grid/cut-grid.ts';
import type { GridColumn } from '../../domain/grid/grid.ts';
import { leafCount, leavesOfSlices } from '../../domain/grid/slices-of.ts';
import { canonicalJson } from '../../domain/identity/canonical-json.ts';
import type { ModelName } from '../../domain/identity/names.ts';
import { columnSums } from '../../domain/ledger/column-sum.ts';
import { mergePartitions } from '../../domain/ledger/merge-partitions.ts';
import { type Dimension, isWithin } from '../../domain/policy/dimension.ts';

const dimensions: readonly Dimension[] = [
  { by: 'values', name: 'plan', column: 'plan', values: ['free', 'pro'] },
  { by: 'range', name: 'new', column: 'tenure', from: 0, below: 30 },
  { by: 'cross', name: 'both', of: ['plan', 'new'] },
];
const sizes = Array.from({ length: 500 }, (_, index) => (index % 97) ** 2);
const grid = cutGrid(
  'any' as ModelName,
  [
    { name: 'size', role: 'feature', kind: 'numeric', values: sizes },
    { name: 'sky', role: 'feature', kind: 'categorical', values: Array.from({ length: 50 }, (_, index) => `sky ${index}`) },
  ],
  dimensions,
);

interface Row {
  readonly plan: string | null;
  readonly tenure: number | null;
  readonly size: number | null;
  readonly sky: string | null;
  readonly day: number;
}

const row: fc.Arbitrary<Row> = fc.record({
  plan: fc.constantFrom('free', 'pro', 'team', null),
  tenure: fc.constantFrom(-1, 0, 12.5, 29.99, 30, 400, Number.NaN, null),
  size: fc.oneof(fc.double({ min: -1e4, max: 1e5 }), fc.constant(null)),
  sky: fc.oneof(
    fc.nat(60).map((index) => `sky ${index}`),
    fc.constant(null),
  ),
  day: fc.nat(2),
});
const rows = fc.array(row, { minLength: 1, maxLength: 200 });

function batchOf(held: readonly Row[]): Batch {
  const numbers = (of: (row: Row) => number | null) => ({
    kind: 'numeric' as const,
    values: Float64Array.from(held, (one) => of(one) ?? absent),
  });
  const { columns } = grid;
  return {
    rows: held.length,
    ids: [],
    times: Float64Array.from(held, ({ day }) => day * 86_400_000),
    columns: [
      ...columns.map(({ name }) => (name === 'size' ? numbers(({ size }) => size) : codedTexts(held.map(({ sky }) => sky)))),
      codedTexts(held.map(({ plan }) => plan)),
      numbers(({ tenure }) => tenure),
    ],
  };
}

function countsOf(...batches: readonly (readonly Row[])[]) {
  const count = new RowCount(grid, undefined, undefined, undefined);
  for (const batch of batches) count.add(batchOf(batch));
  return count.partitions();
}

const isNew = ({ tenure }: Row) => tenure !== null && tenure >= 0 && tenure < 30;
const members: Readonly<Record<string, (row: Row) => boolean>> = {
  'plan=free': ({ plan }) => plan === 'free',
  'plan=pro': ({ plan }) => plan === 'pro',
  new: isNew,
  'plan=free & new': (one) => one.plan === 'free' && isNew(one),
  'plan=pro & new': (one) => one.plan === 'pro' && isNew(one),
};

describe('slices', () => {
  it('hold what their rows counted alone hold, on the columns’ coarse cells', () =>
    fc.assert(
      fc.property(rows, (held) => {
        for (const { day, slices } of countsOf(held)) {
          const ofDay = held.filter((one) => `1970-01-0${one.day + 1}` === day);
          for (const [name, isMember] of Object.entries(members)) {
            const mine = ofDay.filter(isMember);
            expect(slices?.[name]?.rows ?? 0).toBe(mine.length);
            if (mine.length === 0) continue;
            for (const column of grid.columns) expect(slices?.[name]?.columns[column.name]).toEqual(countedAlone(column, mine));
          }
        }
      }),
    ));

  it('leave the counts of all rows as they are without them', () =>
    fc.assert(
      fc.property(rows, (held) => {
        const { dimensions: _, ...undivided } = grid;
        const alone = new RowCount(undivided, undefined, undefined, undefined);
        alone.add(batchOf(held));
        expect(countsOf(held).map(({ slices, ...whole }) => whole)).toEqual(alone.partitions());
      }),
    ));

  it('are the same bytes however the rows are dealt out over segments and batches', () =>
    fc.assert(
      fc.property(rows, fc.infiniteStream(fc.nat(4)), (held, stream) => {
        const deals = held.map(() => stream.next().value as number);
        const parts = [0, 1, 2, 3, 4].map((part) => held.filter((_, index) => deals[index] === part));
        const whole = canonicalJson(mergePartitions(countsOf(held)));
        expect(canonicalJson(mergePartitions(parts.flatMap((part) => countsOf(part))))).toBe(whole);
        expect(canonicalJson(mergePartitions(countsOf(...parts)))).toBe(whole);
      }),
    ));

  it('are unions of leaves, and each leaf is in one part of each dimension', () => {
    const found = leavesOfSlices(dimensions);
    expect(found.map(({ slice }) => slice.name)).toEqual(Object.keys(members));
    expect(leafCount(dimensions)).toBe(6);
    const leavesOf = (name: string) => found.find(({ slice }) => slice.name === name)?.leaves ?? [];
    expect(leavesOf('plan=free').filter((leaf) => leavesOf('plan=pro').includes(leaf))).toEqual([]);
    expect(leavesOf('plan=pro & new')).toEqual(leavesOf('plan=pro').filter((leaf) => leavesOf('new').includes(leaf)));
  });
});

describe('coarse columns', () => {
  it('have at most 32 cells, unions of the fine ones', () => {
    for (const column of grid.columns) {
      const coarse = coarseColumn(column);
      expect(cellsOf(coarse)).toBeLessThanOrEqual(32);
      if (column.kind === 'numeric' && coarse.kind === 'numeric') expect(column.edges).toEqual(expect.arrayContaining([...coarse.edges]));
    }
  });

  it('of a constant column tell what lies below it, what is it and what lies above it', () => {
    const [constant] = cutGrid('any' as ModelName, [{ name: 'x', role: 'feature', kind: 'numeric', values: [7, 7, 7] }]).columns;
    expect(coarseColumn(constant as GridColumn)).toMatchObject({ edges: [7, 7 + 2 ** -50], coarse: [0, 1, 2] });
  });
});

it('a range holds its closed bounds and not its open ones', () => {
  const range = { by: 'range', name: 'r', column: 'x' } as const;
  expect([17, 18, 29, 30].map((value) => isWithin({ ...range, from: 18, below: 30 }, value))).toEqual([false, true, true, false]);
  expect([17, 18, 29, 30].map((value) => isWithin({ ...range, above: 17, upTo: 29 }, value))).toEqual([false, true, true, false]);
});

function countedAlone(column: GridColumn, held: readonly Row[]) {
  const coarse = coarseColumn(column);
  const sum = columnSums(coarse)();
  for (const one of held) {
    const value = column.name === 'size' ? one.size : one.sky;
    if (value === null) sum.addNull();
    else if (sum.kind === 'numeric') sum.add(value as number);
    else sum.add(value as string);
  }
  const { newCategories, ...counts } = sum.counts();
  return counts;
}
