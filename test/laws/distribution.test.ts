import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { totalColumn } from '../../domain/drift/column-totals.ts';
import type { Distribution } from '../../domain/drift/distribution.ts';
import { measureDistribution } from '../../domain/drift/measure-distribution.ts';
import { smallestGroup } from '../../domain/drift/publishable-bars.ts';
import { cutCategories } from '../../domain/grid/cut-categories.ts';
import { cutNumeric } from '../../domain/grid/cut-numeric.ts';
import type { GridColumn } from '../../domain/grid/grid.ts';

const cells = 40;
const numbers = cutNumeric({ name: 'x', role: 'feature', kind: 'numeric', values: Array.from({ length: cells - 1 }, (_, at) => at ** 2) });
const names = cutCategories({
  name: 'c',
  role: 'feature',
  kind: 'categorical',
  values: Array.from({ length: cells - 1 }, (_, at) => `name-${at}`),
});

const counts = fc.array(fc.oneof(fc.nat(3), fc.nat(40), fc.nat(5000)), { minLength: cells, maxLength: cells });
const totals = (column: GridColumn, of: readonly number[]) =>
  totalColumn(column, [
    { cells: of, nulls: 0, notANumber: 0, typeErrors: 0, sum: '0', sumOfSquares: '0', lowExcess: '0', highExcess: '0' },
  ]);
const rowsIn = (of: readonly number[]) => of.reduce((sum, count) => sum + count, 0);

describe.each([numbers, names])('given any counts of a column of $kind values', (column) => {
  const law = (says: string, holds: (distribution: Distribution | undefined, p: number[], q: number[]) => void) =>
    it(says, () =>
      fc.assert(fc.property(counts, counts, (p, q) => holds(measureDistribution(column, totals(column, p), totals(column, q)), p, q))),
    );

  law('when they are spread, then no bar stands for one to nine rows of either sample', (distribution, p, q) => {
    for (const [bars, rows] of [
      [distribution?.baseline ?? [], rowsIn(p)],
      [distribution?.window ?? [], rowsIn(q)],
    ] as const)
      for (const share of bars) {
        const held = Math.round(share * rows);
        expect(held === 0 || held >= smallestGroup, `${held} rows`).toBe(true);
      }
  });

  law('when they are spread, then the bars hold all rows, and there are at most 26', (distribution, p, q) => {
    if (Math.min(rowsIn(p), rowsIn(q)) < smallestGroup) return expect(distribution).toBeUndefined();
    expect(rowsIn(distribution?.baseline ?? [])).toBeCloseTo(1, 9);
    expect(rowsIn(distribution?.window ?? [])).toBeCloseTo(1, 9);
    expect(distribution?.window.length).toBeLessThanOrEqual(26);
    const inner = distribution?.kind === 'numeric' ? distribution.edges : distribution?.categories;
    expect(distribution?.baseline.length).toBe((inner ?? []).length + 1);
    expect(distribution?.window.length).toBe((inner ?? []).length + 1);
  });
});

it('given numbers of few distinct values, when they are spread, then each has a bar of its own', () => {
  const hours = cutNumeric({
    name: 'hour',
    role: 'feature',
    kind: 'numeric',
    values: Array.from({ length: 2400 }, (_, row) => row % 24),
  });
  const held = [0, ...new Array<number>(24).fill(100)];
  const spread = measureDistribution(hours, totals(hours, held), totals(hours, held));
  expect(spread).toMatchObject({ kind: 'numeric', edges: Array.from({ length: 24 }, (_, hour) => hour) });
  expect(spread?.window.slice(1)).toEqual(new Array(24).fill(1 / 24));
});

it('given a name that is a letter, when it is spread, then it is cut and its length told', () => {
  const column = cutCategories({ name: 'c', role: 'feature', kind: 'categorical', values: ['x'.repeat(5000)] });
  const spread = measureDistribution(column, totals(column, [50, 0]), totals(column, [50, 0]));
  expect(spread).toMatchObject({ categories: [`${'x'.repeat(80)}… (5000 characters)`], baseline: [1, 0] });
});

it('given data that left the baseline but for a few rows, when they are spread, then the few stand with the others and every other bar remains', () => {
  const column = cutNumeric({ name: 'x', role: 'feature', kind: 'numeric', values: Array.from({ length: 8 }, (_, at) => at) });
  const [before, now] = [
    [0, 1, 4, 7, 50, 60, 70, 80, 20],
    [163, 2, 3, 0, 0, 0, 0, 0, 0],
  ];
  const spread = measureDistribution(column, totals(column, before), totals(column, now));
  expect(spread?.baseline).toEqual([12, 50, 60, 70, 80, 20].map((rows) => rows / 292));
  expect(spread?.window).toEqual([1, 0, 0, 0, 0, 0]);
});
