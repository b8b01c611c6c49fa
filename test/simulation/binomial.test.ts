import { expect, it } from 'vitest';
import { seededRandom } from '../../domain/statistics/seeded-random.ts';
import { chiSquareTail } from '../../domain/statistics/tails.ts';
import { binomial } from './binomial.ts';

const runs = 100_000;

/** Probability of each count, from zero on. */
function probabilities(n: number, p: number): number[] {
  const logs = [n * Math.log(1 - p)];
  for (let k = 0; k < n; k += 1) logs.push((logs[k] as number) + Math.log(((n - k) / (k + 1)) * (p / (1 - p))));
  return logs.map(Math.exp);
}

it.each([
  [30, 0.03],
  [40, 0.5],
  [300, 0.1],
  [1000, 0.9],
  [20_000, 0.01],
])('given %i trials at %f, when counts are drawn, then each comes as often as it must', (n, p) => {
  const draw = binomial(seededRandom(n));
  const seen = new Map<number, number>();
  for (let run = 0; run < runs; run += 1) {
    const k = draw(n, p);
    seen.set(k, (seen.get(k) ?? 0) + 1);
  }
  const cells = probabilities(n, p)
    .map((probability, k) => ({ expected: runs * probability, counted: seen.get(k) ?? 0 }))
    .filter(({ expected }) => expected >= 20);
  const distance = cells.reduce((sum, { expected, counted }) => sum + (counted - expected) ** 2 / expected, 0);
  expect(cells.reduce((sum, { counted }) => sum + counted, 0)).toBeGreaterThan(0.99 * runs);
  expect(chiSquareTail(distance, cells.length)).toBeGreaterThan(0.001);
});

it('given no trials, or a chance of none or all, when counts are drawn, then there is one answer', () => {
  const draw = binomial(seededRandom(1));
  expect([draw(0, 0.3), draw(7, 0), draw(7, 1)]).toEqual([0, 0, 7]);
});
