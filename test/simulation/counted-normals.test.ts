import { expect, it } from 'vitest';
import { totalColumn } from '../../domain/drift/column-totals.ts';
import { seededRandom } from '../../domain/statistics/seeded-random.ts';
import { countedNormals, normalColumn } from './counted-normals.ts';

it('given a million rows of a day, when they are drawn as counts, then cells, mean, variance and tails are those of a normal', () => {
  const column = normalColumn('x', 20);
  const totals = totalColumn(column, [countedNormals(column, seededRandom(4))({ mean: 0.5, rows: 1_000_000 })]);
  expect(totals.valued).toBe(1_000_000);
  expect(totals.cells[0]).toBeGreaterThan(15_500);
  expect(totals.cells[0]).toBeLessThan(16_600);
  expect(totals.mean).toBeCloseTo(0.5, 2);
  expect(totals.variance).toBeCloseTo(1, 2);
  expect(totals.highExcess / totals.valued).toBeCloseTo(0.0628, 3);
});

it('given a hundred days of a thousand rows, when their means are looked at, then they spread as means of a thousand rows do', () => {
  const column = normalColumn('x', 20);
  const draw = countedNormals(column, seededRandom(5));
  const means = Array.from({ length: 400 }, () => totalColumn(column, [draw({ mean: 0, rows: 1000 })]).mean as number);
  const spread = Math.sqrt(means.reduce((sum, mean) => sum + mean * mean, 0) / means.length);
  expect(spread).toBeGreaterThan(0.9 / Math.sqrt(1000));
  expect(spread).toBeLessThan(1.1 / Math.sqrt(1000));
});
