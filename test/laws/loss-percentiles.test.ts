import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cutGrid } from '../../domain/grid/cut-grid.ts';
import type { ModelName } from '../../domain/identity/names.ts';
import { errorCellBegin, errorCellOf, errorCells } from '../../domain/ledger/error-cells.ts';
import { largestFixedPoint } from '../../domain/ledger/fixed-point.ts';
import { outcomeSums } from '../../domain/ledger/sum-outcomes.ts';
import { measureAll } from '../../domain/performance/measure-all.ts';
import { outcomeScale } from '../../domain/performance/outcome-scale.ts';

const size = fc.oneof(fc.integer({ min: 0, max: 64 }), fc.integer({ min: 0, max: largestFixedPoint }));

it('every size of an error lies in its cell, which is no wider than a sixteenth of what it holds, and the last cell is the largest size', () =>
  fc.assert(
    fc.property(size, (units) => {
      const cell = errorCellOf(units);
      const [begin, end] = [errorCellBegin(cell), errorCellBegin(cell + 1)];
      expect(begin).toBeLessThanOrEqual(units);
      expect(end).toBeGreaterThan(units);
      expect(end - begin).toBeLessThanOrEqual(Math.max(1, begin / 16));
      expect(cell).toBeLessThan(errorCells);
    }),
    { examples: [[largestFixedPoint], [15], [16], [31], [32]] },
  ));

const grid = cutGrid('law' as ModelName, [
  { name: 'y', role: 'prediction', kind: 'numeric', values: [0, 10] },
  { name: 'p', role: 'score', kind: 'numeric', values: Array.from({ length: 101 }, (_, index) => index / 100) },
]);

const exact = (losses: readonly number[], share: number) => {
  const sorted = losses.toSorted((a, b) => a - b);
  const rank = share * (sorted.length - 1);
  const [below, above] = [sorted[Math.floor(rank)] as number, sorted[Math.ceil(rank)] as number];
  return below + (rank - Math.floor(rank)) * (above - below);
};

it('percentiles of errors are those of the rows to a sixteenth and rounding', () =>
  fc.assert(
    fc.property(fc.array(fc.double({ min: -400, max: 400, noNaN: true }), { minLength: 1, maxLength: 60 }), (errors) => {
      const sum = outcomeSums(grid, 'numeric')();
      for (const error of errors) sum.add(5 + error, 5, 1);
      const told = measureAll([sum.counts()], outcomeScale(grid, undefined));
      for (const percent of [25, 50, 75]) {
        const value = exact(errors.map(Math.abs), percent / 100);
        expect(Math.abs((told[`absoluteErrorPercentile${percent}`] as number) - value)).toBeLessThanOrEqual(value / 16 + 0.001);
      }
    }),
  ));

it('percentiles of log loss are those of the rows where each score is a cell', () =>
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 99 }), fc.boolean()), { minLength: 1, maxLength: 60 }), (rows) => {
      const sum = outcomeSums(grid, 'categorical', '1')();
      for (const [percent, hit] of rows) sum.add('any', hit ? '1' : '0', 1, percent / 100);
      const told = measureAll([sum.counts()], outcomeScale(grid, '1'));
      const losses = rows.map(([percent, hit]) => -Math.log(hit ? percent / 100 : 1 - percent / 100));
      for (const percent of [25, 50, 75]) expect(told[`logLossPercentile${percent}`]).toBeCloseTo(exact(losses, percent / 100), 3);
    }),
  ));
