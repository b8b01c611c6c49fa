import { describe, expect, it } from 'vitest';
import { measureQuality } from '../../domain/drift/measure-quality.ts';
import { cutGrid } from '../../domain/grid/cut-grid.ts';
import type { GridColumn } from '../../domain/grid/grid.ts';
import type { ModelName } from '../../domain/identity/names.ts';
import { addCounts } from '../../domain/ledger/add-counts.ts';
import { numericSums } from '../../domain/ledger/numeric-sum.ts';

const ages = Array.from({ length: 200 }, (_, index) => index % 20);
const columnOf = (more: { of?: 'time' | 'text'; range?: readonly [number, number] }) =>
  cutGrid(
    'any' as ModelName,
    [{ name: 'x', role: 'feature', kind: 'numeric', values: ages, ...(more.of && { of: more.of }) }],
    [],
    more.range ? { ranges: { x: more.range } } : {},
  ).columns[0] as GridColumn & { readonly kind: 'numeric' };

function countsOf(column: GridColumn & { readonly kind: 'numeric' }, values: readonly number[]) {
  const sum = numericSums(column)();
  for (const value of values) sum.add(value);
  return sum.counts();
}

const flawsOf = (column: GridColumn & { readonly kind: 'numeric' }, window: readonly number[]) => {
  const day = (values: readonly number[]) => [{ day: '2024-03-01', counts: countsOf(column, values) }];
  const found = measureQuality(column, day(ages), day(window), 'independentRows');
  return Object.fromEntries(found.map(({ flaw, share, reference }) => [flaw, [share, reference]]));
};

describe('the flaws of a number', () => {
  it('given infinite numbers and some that are none, when they are measured, then each is told apart', () => {
    const flaws = flawsOf(columnOf({}), [1, 2, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]);
    expect(flaws).toEqual({ nulls: [0, 0], notANumber: [0.2, 0], infinite: [0.4, 0], typeErrors: [0, 0] });
  });

  it('given a declared range, when values lie on and outside its ends, then only those outside are flaws, and they are counted in cells too', () => {
    const column = columnOf({ range: [0, 19] });
    expect(flawsOf(column, [-0.5, 0, 19, 19.5, 1e300]).outOfRange).toEqual([0.6, 0]);
    expect(countsOf(column, [-0.5, 0, 19, 19.5, 1e300]).cells.reduce((sum, count) => sum + count, 0)).toBe(5);
  });

  it('given parts of the rows, when they are added, then so are these', () => {
    const column = columnOf({ range: [0, 19] });
    const [one, other] = [countsOf(column, [50, Number.POSITIVE_INFINITY]), countsOf(column, [-1, 3])];
    expect(addCounts(one, other)).toEqual(countsOf(column, [50, Number.POSITIVE_INFINITY, -1, 3]));
    expect(addCounts(one, other)).toMatchObject({ infinite: 1, outOfRange: 2 });
  });

  it('given a time, when it is no longer written, then rows as old as the oldest or older are stale', () => {
    const flaws = flawsOf(columnOf({ of: 'time' }), [3, 19, 20, 400]);
    expect(flaws.stale).toEqual([0.75, 0.05]);
    expect(flawsOf(columnOf({}), [3])).not.toHaveProperty('stale');
  });

  it('given texts, when more of them are empty, then that is told of them, and of no number', () => {
    const column = columnOf({ of: 'text' });
    expect(flawsOf(column, [0, 0, 3, 20]).empty).toEqual([0.5, 0.05]);
    expect(flawsOf(columnOf({}), [0])).not.toHaveProperty('empty');
    const [one, other] = [countsOf(column, [0, 4]), countsOf(column, [7, 0, 0])];
    expect(addCounts(one, other)).toEqual(countsOf(column, [0, 4, 7, 0, 0]));
    expect(addCounts(one, other)).toMatchObject({ empty: 3 });
  });

  it('given texts that an older program counted, of which some were empty, then it is not asked how many', () => {
    const column = columnOf({ of: 'text' });
    const { empty, ...old } = countsOf(column, ages);
    expect(empty).toBe(10);
    const day = (counts: typeof old) => [{ day: '2024-03-01', counts }];
    const found = measureQuality(column, day(old), day(countsOf(column, [0, 0, 3])), 'independentRows');
    expect(found.map(({ flaw }) => flaw)).not.toContain('empty');
  });
});
