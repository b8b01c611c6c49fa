import { describe, expect, it } from 'vitest';
import { effectInterval } from '../../domain/check/effect-interval.ts';
import { type ColumnTotals, totalColumn } from '../../domain/drift/column-totals.ts';
import { measureStatistics } from '../../domain/drift/measure-statistics.ts';
import { cutGrid } from '../../domain/grid/cut-grid.ts';
import type { NumericColumn } from '../../domain/grid/grid.ts';
import type { ModelName } from '../../domain/identity/names.ts';
import { numericSums } from '../../domain/ledger/numeric-sum.ts';
import { seededRandom } from '../../domain/statistics/seeded-random.ts';

const random = seededRandom(5);
const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
const rows = (count: number, shift = 0) => Array.from({ length: count }, () => normal() + shift);
const columnOf = (values: readonly number[]) =>
  cutGrid('x' as ModelName, [{ name: 'x', role: 'feature', kind: 'numeric', values }]).columns[0] as NumericColumn;

/** Rows dealt out over twenty parts. */
function partsOf(column: NumericColumn, values: readonly number[]) {
  const sums = Array.from({ length: 20 }, numericSums(column));
  for (const [row, value] of values.entries()) sums[row % 20]?.add(value);
  return sums.map((sum) => sum.counts());
}

function intervalOf(past: readonly number[], now: readonly number[]) {
  const column = columnOf(past);
  const [p, q] = [partsOf(column, past), partsOf(column, now)];
  const of = (one: ColumnTotals, other: ColumnTotals) => measureStatistics(column, one, other, []).wassersteinInSigmas;
  return effectInterval(column, { value: of(totalColumn(column, p), totalColumn(column, q)) ?? Number.NaN, most: Infinity, of }, p, q);
}

describe('the interval of an effect', () => {
  it('given a shift of .4 sigma, when it is measured a hundred times, then about 95 intervals hold it', () => {
    let held = 0;
    for (let run = 0; run < 100; run++) {
      const [low, high] = intervalOf(rows(1000), rows(200, 0.4)) ?? [1, 0];
      if (low <= 0.4 && 0.4 <= high) held++;
    }
    expect(held).toBeGreaterThanOrEqual(89);
    expect(held).toBeLessThanOrEqual(99);
  });

  it('given nothing but chance, when it is measured, then the interval is finite and begins at 0 or above', () => {
    const [low, high] = intervalOf(rows(500), rows(100)) ?? [];
    expect(low).toBeGreaterThanOrEqual(0);
    expect(high).toBeLessThan(1);
  });

  it('given an effect that cannot exceed 1, when it is near it, then neither can the interval', () => {
    const column = columnOf(rows(100));
    const [p, q] = [partsOf(column, rows(100)), partsOf(column, rows(100))];
    const [low, high] = effectInterval(column, { value: 0.97, most: 1, of: (one) => one.mean }, p, q) ?? [];
    expect(low).toBeLessThan(0.9);
    expect(high).toBe(1);
  });

  it('given one part alone, when it is measured, then there is no interval: nothing tells how far it varies', () => {
    const column = columnOf(rows(100));
    const [whole] = partsOf(column, rows(5)).slice(0, 1);
    expect(effectInterval(column, { value: 1, most: 1, of: () => 1 }, whole ? [whole] : [], whole ? [whole] : [])).toBeUndefined();
  });
});
