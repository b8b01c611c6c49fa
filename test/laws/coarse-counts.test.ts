import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cellFinder } from '../../domain/grid/cell-finder.ts';
import { coarseColumn } from '../../domain/grid/coarse-column.ts';
import { cutCategories } from '../../domain/grid/cut-categories.ts';
import { cutNumeric } from '../../domain/grid/cut-numeric.ts';
import { categoricalSums } from '../../domain/ledger/categorical-sum.ts';
import { coarseCounts } from '../../domain/ledger/coarse-counts.ts';
import { numericSums } from '../../domain/ledger/numeric-sum.ts';

const numbers = fc.array(fc.integer({ min: -200, max: 200 }), { minLength: 1, maxLength: 300 });
const names = fc.array(fc.string({ maxLength: 2 }), { minLength: 1, maxLength: 300 });

it('fine cells of numbers gathered into coarse ones are what counting on the coarse cells gives', () =>
  fc.assert(
    fc.property(numbers, numbers, fc.nat(5), (sample, values, nulls) => {
      const column = cutNumeric({ name: 'x', role: 'feature', kind: 'numeric', values: sample });
      const sum = numericSums(column)();
      for (const value of values) sum.add(value);
      sum.addNull(nulls);
      const coarse = coarseColumn(column);
      if (coarse.kind !== 'numeric') throw new Error('it is numeric');
      const expected = new Array<number>(coarse.edges.length + 2).fill(0);
      for (const value of values) expected[cellFinder(coarse.edges)(value)] = (expected[cellFinder(coarse.edges)(value)] ?? 0) + 1;
      expected[coarse.edges.length + 1] = nulls;
      expect(coarseCounts(column, sum.counts())).toEqual(expected);
    }),
  ));

it('categories beyond the thirty-one most frequent, and those never seen, share a coarse cell', () =>
  fc.assert(
    fc.property(names, names, (sample, values) => {
      const column = cutCategories({ name: 'c', role: 'feature', kind: 'categorical', values: sample });
      const sum = categoricalSums(column)();
      for (const value of values) sum.add(value);
      const kept = column.categories.slice(0, 31);
      const named = kept.map((name) => values.filter((value) => value === name).length);
      const others = values.length - named.reduce((all, rows) => all + rows, 0);
      expect(coarseCounts(column, sum.counts())).toEqual([...named, others, 0]);
    }),
  ));
