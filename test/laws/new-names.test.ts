import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cutCategories } from '../../domain/grid/cut-categories.ts';
import { canonicalJson } from '../../domain/identity/canonical-json.ts';
import { addCounts } from '../../domain/ledger/add-counts.ts';
import { categoricalSums } from '../../domain/ledger/categorical-sum.ts';
import type { ColumnCounts } from '../../domain/ledger/entry.ts';

const makeSum = categoricalSums(cutCategories({ name: 'plan', role: 'feature', kind: 'categorical', values: ['known'] }));

function count(values: readonly string[]): ColumnCounts {
  const sum = makeSum();
  for (const value of values) sum.add(value);
  return sum.counts();
}
const rowsOf = ({ newCategories = {}, newCategoryBuckets = [] }: ColumnCounts) =>
  [...Object.values(newCategories), ...newCategoryBuckets].reduce((sum, rows) => sum + rows, 0);

/** Thirty thousand rows of up to 25,000 names that have no cell, by a walk that differs with the seed. */
const manyNames = (seed: number) =>
  Array.from({ length: 30_000 }, (_, row) => `name ${(row * 7919 + seed * 31) % (15_000 + (seed % 10_000))}`);

it('given more than ten thousand new names, in any order and any parts, then counts are the same to the byte', () => {
  fc.assert(
    fc.property(fc.nat(9_999), fc.integer({ min: 2, max: 7 }), (seed, parts) => {
      const values = manyNames(seed);
      const whole = count(values);
      const dealt = Array.from({ length: parts }, (_, part) => count(values.filter((_value, row) => (row * 13 + seed) % parts === part)));
      expect(canonicalJson(dealt.reduce(addCounts))).toBe(canonicalJson(whole));
      expect(canonicalJson(dealt.toReversed().reduce(addCounts))).toBe(canonicalJson(whole));
      expect(canonicalJson(count(values.toReversed()))).toBe(canonicalJson(whole));
      expect(Object.keys(whole.newCategories ?? {})).toHaveLength(10_000);
      expect(whole.newCategoryBuckets).toHaveLength(1024);
      expect(rowsOf(whole)).toBe(30_000);
    }),
    { numRuns: 8 },
  );
});

it('given parts of which some have few names, when they are added in any grouping, then the sum is the same', () => {
  const parts = [count(manyNames(1)), count(['x', 'x', 'y']), count(manyNames(5_000)), count(['known'])];
  const [a, b, c, d] = parts as [ColumnCounts, ColumnCounts, ColumnCounts, ColumnCounts];
  const sums = [
    addCounts(addCounts(addCounts(a, b), c), d),
    addCounts(addCounts(d, c), addCounts(b, a)),
    addCounts(b, addCounts(c, addCounts(a, d))),
  ];
  expect(new Set(sums.map(canonicalJson)).size).toBe(1);
});

it('given up to ten thousand new names, then each has its exact count and there is no bucket', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 12 }), { maxLength: 200 }), (values) => {
      const fresh = values.filter((value) => value !== 'known');
      const expected = new Map<string, number>();
      for (const value of fresh) expected.set(value, (expected.get(value) ?? 0) + 1);
      const counted = count(fresh);
      expect(new Map(Object.entries(counted.newCategories ?? {}))).toEqual(expected);
      expect(counted).not.toHaveProperty('newCategoryBuckets');
    }),
  );
});

it('given names as long as a letter, then those that differ stay apart, and adding them up changes no name', () => {
  const letters = ['a'.repeat(5_000), `${'a'.repeat(4_999)}b`, 'a'.repeat(5_001)];
  const once = count(letters);
  expect(Object.keys(once.newCategories ?? {}).map((name) => name.length)).toEqual([80, 80, 80]);
  const twice = addCounts(once, count(letters));
  expect(Object.values(twice.newCategories ?? {})).toEqual([2, 2, 2]);
});

it('given counts of an older program, which named twenty, when they are added, then what they named is kept', () => {
  const old: ColumnCounts = { cells: [0, 9], nulls: 0, notANumber: 0, typeErrors: 0, newCategories: { solar: 3, wind: 1 } };
  expect(addCounts(old, count(['solar', 'tide']))).toMatchObject({ cells: [0, 11], newCategories: { solar: 4, tide: 1, wind: 1 } });
});
