import { describe, expect, it } from 'vitest';
import { totalColumn } from '../../domain/drift/column-totals.ts';
import { seenNowhereElse, seenOnce } from '../../domain/drift/seen-once.ts';
import { testRows } from '../../domain/drift/test-rows.ts';
import { cutGrid } from '../../domain/grid/cut-grid.ts';
import type { GridColumn } from '../../domain/grid/grid.ts';
import type { ModelName } from '../../domain/identity/names.ts';
import { categoricalSums } from '../../domain/ledger/categorical-sum.ts';
import { numericSums } from '../../domain/ledger/numeric-sum.ts';
import { seededRandom } from '../../domain/statistics/seeded-random.ts';

const model = 'rows' as ModelName;
const columnOf = (values: readonly number[]) =>
  cutGrid(model, [{ name: 'x', role: 'feature', kind: 'numeric', values }]).columns[0] as GridColumn;

function totalsOf(column: GridColumn, values: readonly (number | string)[]) {
  const sum = column.kind === 'numeric' ? numericSums(column)() : categoricalSums(column)();
  for (const value of values) (sum.add as (value: number | string) => void).call(sum, value);
  return totalColumn(column, [sum.counts()]);
}

describe('given rows taken as independent', () => {
  const random = seededRandom(7);
  const skewed = (rows: number, shift = 0) => Array.from({ length: rows }, () => -Math.log(1 - random()) + shift);

  it('when nothing moved, then p-values under a level come about as often as the level says, for few rows as for many', () => {
    const runs = 1200;
    for (const rows of [40, 400]) {
      const small = { '.05': 0, '.01': 0 };
      for (let run = 0; run < runs; run++) {
        const past = skewed(1000);
        const column = columnOf(past);
        const { pValue } = testRows(column, totalsOf(column, past), totalsOf(column, skewed(rows)));
        if (pValue <= 0.05) small['.05']++;
        if (pValue <= 0.01) small['.01']++;
      }
      const allowed = (level: number) => runs * (1.2 * level + 2 * Math.sqrt((level * (1 - level)) / runs));
      expect(small['.05']).toBeLessThanOrEqual(allowed(0.05));
      expect(small['.01']).toBeLessThanOrEqual(allowed(0.01));
      expect(small['.05']).toBeGreaterThan(runs * 0.02);
    }
  });

  it('when ten thousand rows moved by .3 sigma, then it is found in every run', () => {
    for (let run = 0; run < 20; run++) {
      const past = skewed(10_000);
      const column = columnOf(past);
      expect(testRows(column, totalsOf(column, past), totalsOf(column, skewed(10_000, 0.3))).pValue).toBeLessThan(1e-6);
    }
  });

  it('when a constant became another constant, then there is no doubt, and when it stayed, then no alarm', () => {
    const past = new Array<number>(100).fill(1);
    const column = columnOf(past);
    const pValue = (value: number) => testRows(column, totalsOf(column, past), totalsOf(column, new Array<number>(100).fill(value))).pValue;
    for (const value of [0, 1 + 2 ** -52, 2]) expect(pValue(value)).toBeLessThan(1e-40);
    expect(pValue(1)).toBe(1);
  });
});

describe('given categories of which many are rare', () => {
  it('when some occur once in the sample, then these rows are counted, the last cell left out', () => {
    expect(
      seenOnce([
        [5, 1, 0, 1, 1],
        [0, 0, 1, 1, 0],
      ]),
    ).toBe(2);
  });

  it('when a category occurs in one block only, then all its rows there count as new to the others', () => {
    const blocks = [[[5, 4, 0, 0]], [[5, 0, 1, 0]], [[5, 0, 2, 0]]];
    expect(seenNowhereElse(blocks)).toEqual([4, 0, 0]);
  });

  it('when names were cut off, then the rows of the rarest named ones count, as they would have no cell but for one row', () => {
    expect(seenOnce([[9, 3, 2, 2, 40]])).toBe(4);
    expect(seenNowhereElse([[[9, 3, 1, 2, 20]], [[9, 0, 1, 2, 20]]])).toEqual([4, 1]);
  });
});
