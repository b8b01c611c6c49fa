import fc from 'fast-check';
import { expect, it } from 'vitest';
import { differenceOfEstimates } from '../../domain/statistics/difference-of-estimates.ts';
import { sampleVariance } from '../../domain/statistics/moments.ts';
import { welchT } from '../../domain/statistics/welch-t.ts';

const moments = fc.record({
  rows: fc.integer({ min: 2, max: 500 }),
  mean: fc.double({ min: -5, max: 5, noNaN: true }),
  variance: fc.double({ min: 0.01, max: 9, noNaN: true }),
});

it('given two means with their standard errors, then the difference is Welch’s test of them', () =>
  fc.assert(
    fc.property(moments, moments, (baseline, window) => {
      const welch = welchT(baseline, window);
      const [one, other] = [baseline, window].map((sample) => ({
        value: sample.mean,
        standardError: Math.sqrt(sampleVariance(sample) / sample.rows),
        degrees: sample.rows - 1,
      })) as [Parameters<typeof differenceOfEstimates>[0], Parameters<typeof differenceOfEstimates>[0]];
      const found = differenceOfEstimates(one, other);
      expect(found.t).toBeCloseTo(welch?.t ?? Number.NaN, 8);
      expect(found.degrees / (welch?.degrees ?? Number.NaN)).toBeCloseTo(1, 10);
      expect(found.pDifferent).toBeCloseTo(welch?.pValue ?? Number.NaN, 10);
    }),
  ));

it('given no error in either, then a difference is certain', () => {
  const exact = (value: number) => ({ value, standardError: 0, degrees: 3 });
  expect(differenceOfEstimates(exact(1), exact(2)).pGreater).toBe(0);
  expect(differenceOfEstimates(exact(1), exact(1)).pGreater).toBe(1);
});
