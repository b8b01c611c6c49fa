import fc from 'fast-check';
import { expect, it } from 'vitest';
import { benjaminiHochberg } from '../../domain/statistics/benjamini-hochberg.ts';
import { benjaminiHochbergHalves } from '../../domain/statistics/benjamini-hochberg-halves.ts';
import { seededRandom } from '../../domain/statistics/seeded-random.ts';

const pValues = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 30 });

const law = (says: string, holds: (first: number[], second: number[]) => void) =>
  it(says, () => fc.assert(fc.property(pValues, pValues, (first, second) => void holds(first, second))));

law('with one kind alone it is the usual adjustment', (first) => {
  expect(benjaminiHochbergHalves(first, [])).toEqual([benjaminiHochberg(first), []]);
  expect(benjaminiHochbergHalves([], first)).toEqual([[], benjaminiHochberg(first)]);
});

law('with as many of either it is the usual adjustment of all', (first) => {
  const [one, other] = benjaminiHochbergHalves(first, first.toReversed());
  const all = benjaminiHochberg([...first, ...first.toReversed()]);
  for (const [index, adjusted] of [...one, ...other].entries()) expect(adjusted).toBeCloseTo(all[index] as number, 12);
});

law('the second kind costs the first no more than a factor of two', (first, second) => {
  const alone = benjaminiHochberg(first);
  const [adjusted] = benjaminiHochbergHalves(first, second);
  for (const [index, p] of adjusted.entries()) expect(p).toBeLessThanOrEqual(Math.min(1, 2 * (alone[index] as number)) + 1e-12);
});

it('given nothing moved in 50 columns and 3,200 of slices, when many families are tested, then few have any rejection', () => {
  const random = seededRandom(7);
  const uniform = (tests: number) => Array.from({ length: tests }, random);
  const families = 400;
  let rejected = 0;
  for (let family = 0; family < families; family++) {
    const [first, second] = benjaminiHochbergHalves(uniform(50), uniform(3200));
    if (Math.min(...first, ...second) <= 0.05) rejected++;
  }
  expect(rejected / families).toBeLessThan(0.05 + 3 * Math.sqrt((0.05 * 0.95) / families));
  expect(rejected).toBeGreaterThan(0);
});
