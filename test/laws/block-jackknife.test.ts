import fc from 'fast-check';
import { expect, it } from 'vitest';
import { totalColumn, withoutPart } from '../../domain/drift/column-totals.ts';
import { blockJackknife } from '../../domain/statistics/block-jackknife.ts';
import { countedDays, numericColumn } from '../drift/column-days.ts';

const values = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 30 });

it('the error of a mean is the one every textbook gives', () => {
  fc.assert(
    fc.property(values, (blocks) => {
      const k = blocks.length;
      const sum = blocks.reduce((total, value) => total + value, 0);
      const variance = blocks.reduce((squares, value) => squares + (value - sum / k) ** 2, 0) / (k - 1);
      const error = blockJackknife(blocks.map((value) => (sum - value) / (k - 1)));
      expect(error?.standardError).toBeCloseTo(Math.sqrt(variance / k), 8);
      expect(error?.degrees).toBe(k - 1);
    }),
  );
});

it('a single block has no error to tell', () => {
  expect(blockJackknife([3])).toBeUndefined();
});

it('totals without a part are the totals of the others, but for their range, which no part can be taken from', () => {
  const days = fc.array(fc.array(fc.double({ min: -50, max: 50, noNaN: true }), { minLength: 1, maxLength: 20 }), {
    minLength: 2,
    maxLength: 6,
  });
  fc.assert(
    fc.property(days, fc.nat(5), (counted, pick) => {
      const column = numericColumn(counted[0] ?? []);
      const counts = countedDays(column, counted).map((day) => day.counts);
      const out = pick % counts.length;
      const [whole, part] = [totalColumn(column, counts), totalColumn(column, counts.slice(out, out + 1))];
      const { smallest, largest, ...rest } = totalColumn(column, counts.toSpliced(out, 1));
      const found = withoutPart(column, whole, part);
      expect(found).toEqual(
        Object.fromEntries(
          Object.entries(rest).map(([figure, value]) => [figure, typeof value === 'number' ? expect.closeTo(value, 6) : value]),
        ),
      );
    }),
  );
});
