import { expect, it } from 'vitest';
import { measureColumn } from '../../domain/drift/measure-column.ts';
import { seededRandom } from '../../domain/statistics/seeded-random.ts';
import { countedDays, numericColumn } from '../drift/column-days.ts';

const looks = 200;

/** Twelve weeks and a window `shift` sigmas off, 100 rows a day, days that wander by 0.1 sigma. */
function intervalsOf(shift: number, windowDays: number, pastDays: number) {
  const random = seededRandom(20_110_704);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const days = (count: number, by: number) =>
    Array.from({ length: count }, () => {
      const mean = by + 0.1 * normal();
      return Array.from({ length: 100 }, () => mean + normal());
    });
  const column = numericColumn(Array.from({ length: 500 }, normal));
  return Array.from({ length: looks }, () => {
    const [past, window] = [countedDays(column, days(pastDays, 0)), countedDays(column, days(windowDays, shift), pastDays)];
    return measureColumn(column, past, window, windowDays).intervals;
  });
}

/** Share of all looks whose interval holds what is true of the two worlds the rows come from. */
function coverage(intervals: readonly (readonly [number, number] | undefined)[], truth: number): number {
  return intervals.filter((interval) => interval !== undefined && interval[0] <= truth && truth <= interval[1]).length / looks;
}

/** What is true: days that wander by 0.1 sigma make the whole spread a little wider. */
const sigma = Math.sqrt(1.01);
const truth = { moved: 0.4 / sigma, ks: 0.1578 };

it.each([
  ['weeks', 84],
  ['single days', 28],
])('given a window 0.4 sigma off, when %s are its past, then at least nine intervals in ten hold the true distance', (_unit, past) => {
  const intervals = intervalsOf(0.4, 7, past);
  const [moved, ks] = [intervals.map((one) => one.wassersteinInSigmas), intervals.map((one) => one.kolmogorovSmirnov)];
  expect(coverage(moved, truth.moved)).toBeGreaterThanOrEqual(0.9);
  expect(coverage(ks, truth.ks)).toBeGreaterThanOrEqual(0.9);
  const widths = moved.map((interval) => (interval?.[1] ?? 0) - (interval?.[0] ?? 0));
  expect(Math.max(...widths)).toBeLessThan(0.5);
});
