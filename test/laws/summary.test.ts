import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { totalColumn } from '../../domain/drift/column-totals.ts';
import { measureSummary } from '../../domain/drift/measure-summary.ts';
import { cutNumeric } from '../../domain/grid/cut-numeric.ts';
import { numericSums } from '../../domain/ledger/numeric-sum.ts';
import { quantileOfCells } from '../../domain/statistics/quantile-of-cells.ts';

const values = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 2, maxLength: 60 });

function counted(cutOn: readonly number[], rows: readonly number[]) {
  const column = cutNumeric({ name: 'x', role: 'feature', kind: 'numeric', values: cutOn });
  const sum = numericSums(column)();
  sum.addAll(Float64Array.from(rows), rows.length);
  return { column, totals: totalColumn(column, [sum.counts()]) };
}

describe('quartiles of cells', () => {
  it.each([0.25, 0.5, 0.75])('lie, at a share of %s, in the cell of the raw one: no further off than the next edge', (share) => {
    fc.assert(
      fc.property(values, values, (cutOn, rows) => {
        const { column, totals } = counted(cutOn, rows);
        const { edges } = column;
        const raw = rows.toSorted((a, b) => a - b)[Math.ceil(share * rows.length) - 1] as number;
        const told = quantileOfCells(share, totals, edges) as number;
        const below = edges.filter((edge) => edge <= raw).at(-1);
        const above = edges.find((edge) => edge > raw);
        const beyond = 1e-3 * column.sigma + 1e-9;
        if (below !== undefined && above !== undefined) expect(told).toBe(below);
        else expect(told).toBeGreaterThanOrEqual((below ?? Math.min(...rows)) - beyond);
        if (below === undefined) expect(told).toBeLessThanOrEqual((above as number) + beyond);
        if (above === undefined) expect(told).toBeLessThanOrEqual(Math.max(...rows) + beyond);
      }),
    );
  });

  it('do not fall as the share rises, and are none without rows', () => {
    fc.assert(
      fc.property(values, values, (cutOn, rows) => {
        const { column, totals } = counted(cutOn, rows);
        const [first, second, third] = [0.25, 0.5, 0.75].map((share) => quantileOfCells(share, totals, column.edges) as number);
        expect(second).toBeGreaterThanOrEqual(first as number);
        expect(third).toBeGreaterThanOrEqual(second as number);
      }),
    );
    expect(quantileOfCells(0.5, { cells: [0, 0], lowExcess: 0, highExcess: 0 }, [1])).toBeUndefined();
  });
});

it('mean and standard deviation are those of rows within 128 sigma to 2^-14 of one, and the range is exact', () => {
  fc.assert(
    fc.property(values, values, (past, now) => {
      const { column, totals } = counted(past, past);
      fc.pre(now.every((value) => Math.abs(value - column.centre) < 128 * column.sigma));
      const summary = measureSummary(column, totals, counted(past, now).totals);
      const mean = now.reduce((sum, value) => sum + value, 0) / now.length;
      const deviation = Math.sqrt(now.reduce((sum, value) => sum + (value - mean) ** 2, 0) / now.length);
      expect(Math.abs((summary.mean as number) - mean)).toBeLessThanOrEqual(column.unit);
      expect(Math.abs((summary.standardDeviation as number) - deviation)).toBeLessThanOrEqual(2 * column.unit + 1e-6);
      expect([summary.smallest, summary.largest]).toEqual([Math.min(...now), Math.max(...now)]);
      expect([summary.smallestInBaseline, summary.largestInBaseline]).toEqual([Math.min(...past), Math.max(...past)]);
    }),
  );
});
