import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measureColumn } from '../../domain/drift/measure-column.ts';
import { canonicalJson } from '../../domain/identity/canonical-json.ts';
import { seededRandom } from '../../domain/statistics/seeded-random.ts';
import { categoricalColumn, countedDays, numericColumn } from './column-days.ts';

const ofShape = ['psi', 'psiDebiased', 'jensenShannonDivergence', 'jensenShannonDistance', 'jensenShannonDistanceDebiased'];
const ofAll = [...ofShape, 'hellinger', 'lInfinity', 'totalVariation', 'chiSquare', 'chiSquareDegrees', 'chiSquarePValueIndependentRows'];
const ofNumbers = [
  ...['kolmogorovSmirnov', 'kolmogorovSmirnovErrorBound', 'kolmogorovSmirnovPValueIndependentRows', 'wasserstein', 'wassersteinInSigmas'],
  ...['meanShiftInSigmas', 'cohensD', 'welchT', 'welchPValueIndependentRows', 'mannWhitneyEffect', 'mannWhitneyPValueIndependentRows'],
];
const figures = ['mean', 'standardDeviation', 'smallest', 'largest', 'firstQuartile', 'median', 'thirdQuartile'];
const ofValues = figures.flatMap((figure) => [figure, `${figure}InBaseline`]);

const random = seededRandom(7);
const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
const days = (count: number, rows: number, value: () => number) =>
  Array.from({ length: count }, () => {
    const mood = 0.02 * normal();
    return Array.from({ length: rows }, () => mood + value());
  });
const named = (values: readonly (readonly number[])[]) =>
  values.map((day) => day.map((value) => (value < 0 ? 'low' : value < 1 ? 'middle' : 'high')));

const past = days(84, 400, normal);
const raised = days(7, 400, () => 0.5 + normal());
const numbers = numericColumn(past.flat());
const names = categoricalColumn(named(past).flat());
const ofRaised = measureColumn(numbers, countedDays(numbers, past), countedDays(numbers, raised, 84), 7);
const ofNames = measureColumn(names, countedDays(names, named(past)), countedDays(names, named(raised), 84), 7);

describe('given twelve weeks and a week half a sigma higher', () => {
  it('when they are lengths of texts, then their 95th percentile stands beside, and of no other number', () => {
    const lengths = { ...numbers, of: 'text' } as const;
    const { statistics } = measureColumn(lengths, countedDays(lengths, past), countedDays(lengths, raised, 84), 7);
    expect(statistics.percentile95).toBeCloseTo(0.5 + 1.645, 1);
    expect(statistics.percentile95InBaseline).toBeCloseTo(1.645, 1);
    expect(ofRaised.statistics).not.toHaveProperty('percentile95');
  });

  it('when the numbers are measured, then every statistic says what half a sigma is', () => {
    expect(Object.keys(ofRaised.statistics).sort()).toEqual([...ofAll, ...ofNumbers, ...ofValues].sort());
    const expected = {
      meanShiftInSigmas: 0.5,
      wassersteinInSigmas: 0.5,
      cohensD: 0.5,
      kolmogorovSmirnov: 0.197,
      mannWhitneyEffect: 0.638,
      psi: 0.25,
      psiDebiased: 0.24,
      totalVariation: 0.197,
      hellinger: 0.176,
      jensenShannonDistance: 0.211,
    };
    for (const [name, value] of Object.entries(expected))
      expect(Math.abs((ofRaised.statistics[name as keyof typeof expected] as number) / value - 1), name).toBeLessThan(0.12);
    expect(ofRaised.statistics.wasserstein).toBeCloseTo((ofRaised.statistics.wassersteinInSigmas as number) * numbers.sigma, 6);
  });

  it('when the documentation is read, then it tells of each', () => {
    const told = readFileSync(new URL('../../docs/statistics.md', import.meta.url), 'utf8');
    for (const name of Object.keys(ofRaised.statistics)) expect(told).toContain(`\`${name}\``);
  });

  it('when names of the same rows are measured, then they have the statistics of shapes alone', () => {
    expect(Object.keys(ofNames.statistics).sort()).toEqual([...ofAll].sort());
    expect(ofNames.statistics.chiSquareDegrees).toBe(2);
    expect(ofNames.statistics.totalVariation).toBeCloseTo(0.19, 1);
  });

  it('when they are measured, then each judged effect lies in an interval that is neither empty nor endless', () => {
    const { wassersteinInSigmas, kolmogorovSmirnov } = ofRaised.intervals;
    const { psi, jensenShannon } = ofNames.intervals;
    for (const [low, high] of [wassersteinInSigmas, kolmogorovSmirnov, psi, jensenShannon] as [number, number][]) {
      expect(low).toBeGreaterThan(0.01);
      expect(high).toBeGreaterThan(low);
      expect(high).toBeLessThan(1);
    }
    expect(wassersteinInSigmas?.[0]).toBeLessThan(ofRaised.statistics.wassersteinInSigmas as number);
    expect(wassersteinInSigmas?.[1]).toBeGreaterThan(ofRaised.statistics.wassersteinInSigmas as number);
  });

  it('when days come in another order, then every byte is the same', () => {
    const again = measureColumn(numbers, countedDays(numbers, past).toReversed(), countedDays(numbers, raised, 84).toReversed(), 7);
    expect(canonicalJson(again as never)).toBe(canonicalJson(ofRaised as never));
  });

  it('when the same is measured in another unit, then only what is told in that unit is another', () => {
    const inUnit = (values: readonly (readonly number[])[]) => values.map((day) => day.map((value) => 1024 * value));
    const column = numericColumn(inUnit(past).flat());
    const again = measureColumn(column, countedDays(column, inUnit(past)), countedDays(column, inUnit(raised), 84), 7);
    const own = Object.entries(ofRaised.statistics).filter(([name]) => name === 'wasserstein' || ofValues.includes(name));
    expect(again.statistics).toEqual({
      ...ofRaised.statistics,
      ...Object.fromEntries(own.map(([name, value]) => [name, 1024 * (value as number)])),
    });
    expect(again.intervals).toEqual(ofRaised.intervals);
  });

  it('when only 21 of its days are known, then single days give the interval; with ten there is none', () => {
    const known = (count: number) =>
      measureColumn(numbers, countedDays(numbers, past.slice(0, count)), countedDays(numbers, raised, 84), 7);
    expect(known(21).intervals.wassersteinInSigmas?.[1]).toBeGreaterThan(0.4);
    expect(known(10).intervals).toEqual({});
    expect(known(10).statistics.psi).toBeGreaterThan(0.1);
  });
});

it('whatever the numbers, every statistic is finite', () => {
  const value = fc.oneof(fc.double({ noNaN: true }), fc.integer({ min: -2, max: 2 }), fc.constantFrom(0, 1e308, -1e308, 5e-324));
  const someDays = fc.array(fc.array(value, { minLength: 5, maxLength: 20 }), { minLength: 7, maxLength: 16 });
  fc.assert(
    fc.property(someDays, someDays, (before, now) => {
      const column = numericColumn(before.flat().filter(Number.isFinite));
      const measured = measureColumn(column, countedDays(column, before), countedDays(column, now, 84), 7);
      expect(() => canonicalJson(measured as never)).not.toThrow();
    }),
  );
});
