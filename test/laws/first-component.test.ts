import fc from 'fast-check';
import { expect, it } from 'vitest';
import { firstComponent } from '../../domain/statistics/first-component.ts';

const rows = fc.array(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 4, maxLength: 4 }), { minLength: 3, maxLength: 12 });
const law = (says: string, holds: (table: number[][]) => void) => it(says, () => fc.assert(fc.property(rows, holds), { numRuns: 200 }));
const squares = (scores: readonly number[]) => scores.reduce((sum, score) => sum + score ** 2, 0);

law('explains at least as much as any single column, and no more than all', (table) => {
  const explained = squares(firstComponent(table));
  for (const column of [0, 1, 2, 3]) expect(explained).toBeGreaterThanOrEqual(squares(table.map((row) => row[column] as number)) - 1e-6);
  expect(explained).toBeLessThanOrEqual(squares(table.flat()) + 1e-6);
});

law('gives rows along one line their places on it', (table) => {
  const along = [0.5, -0.5, 0.5, 0.5];
  const places = table.map(([place]) => place as number);
  const scores = firstComponent(places.map((place) => along.map((share) => share * place)));
  expect(Math.max(0, ...scores)).toBeCloseTo(Math.max(0, ...places.map(Math.abs)), 6);
  const sign = Math.sign((scores[0] as number) * (places[0] as number)) || 1;
  if (places[0] !== 0) expect(scores.every((score, at) => Math.abs(score - sign * (places[at] as number)) < 1e-6)).toBe(true);
});

it('finds the direction most rows lie along, not the longest row', () => {
  expect(
    firstComponent([
      [50, 0],
      [0, 40],
      [0, -40],
    ]).map(Math.round),
  ).toEqual([0, 40, -40]);
});

it('gives zeros where no row differs from zero', () => {
  expect(
    firstComponent([
      [0, 0],
      [0, 0],
    ]),
  ).toEqual([0, 0]);
  expect(firstComponent([])).toEqual([]);
});
