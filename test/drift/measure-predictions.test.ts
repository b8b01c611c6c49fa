import { expect, it } from 'vitest';
import { measureColumn } from '../../domain/drift/measure-column.ts';
import { seededRandom } from '../../domain/statistics/seeded-random.ts';
import { countedDays, numericColumn } from './column-days.ts';

const random = seededRandom(11);
const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
const days = (count: number, value: (mood: number) => number) =>
  Array.from({ length: count }, () => {
    const mood = 0.1 * normal();
    return Array.from({ length: 200 }, () => value(mood));
  });
const past = days(84, (mood) => mood + normal());
const lower = days(7, (mood) => mood + 2 * normal() - 0.5);
const feature = numericColumn(past.flat());
const score = { ...feature, role: 'score' } as const;
const statisticsOf = (column: typeof feature | typeof score) =>
  measureColumn(column, countedDays(column, past), countedDays(column, lower, 84), 7).statistics;

it('given scores that fell and spread, when they are measured, then mean, blocks, quartile and range say so', () => {
  const measured = statisticsOf(score);
  expect(measured.meanInBlockDeviations).toBeLessThan(-5);
  expect(measured.blockMeansApartInSigmas).toBeGreaterThan(0.02);
  expect(measured.blockMeansApartInSigmas).toBeLessThan(0.08);
  expect(Math.abs((measured.firstQuartileInBaseline as number) + 0.674)).toBeLessThan(0.03);
  expect(Math.abs((measured.firstQuartile as number) + 0.5 + 2 * 0.674)).toBeLessThan(0.15);
  expect(measured.shareAtOrBeyondRangeInBaseline).toBeLessThan(0.001);
  expect(measured.shareAtOrBeyondRange).toBeGreaterThan(0.02);
});

it('given the same of a feature, when it is measured, then that is not asked', () => {
  expect(statisticsOf(feature)).not.toHaveProperty('meanInBlockDeviations');
});
