import { expect, it } from 'vitest';
import { pairedInterval } from '../../domain/statistics/paired-interval.ts';
import { seededRandom } from '../../domain/statistics/seeded-random.ts';

const options = { level: 0.95, resamples: 400, seed: 11 };

/** Rows that are hard or easy for both, and A better by a tenth. */
function losses(seed: number, rows = 200) {
  const random = seededRandom(seed);
  const hardness = Array.from({ length: rows }, () => 100 * random());
  return { a: hardness.map((hard) => 0.9 * hard), b: hardness };
}

it('given the same input twice, when it is resampled, then the intervals are equal to the last bit', () => {
  const { a, b } = losses(1);
  expect(pairedInterval(a, b, options)).toEqual(pairedInterval(a, b, options));
});

it('given A better by a tenth on every row, when rows are drawn in pairs, then the ratio is certain though single losses vary widely', () => {
  const { a, b } = losses(2);
  const compared = pairedInterval(a, b, options);
  expect(compared?.ratio).toBeCloseTo(0.9, 12);
  expect(compared?.ratioInterval?.[0]).toBeCloseTo(0.9, 12);
  expect(compared?.differenceInterval[1]).toBeLessThan(0);
});

it('given no true difference, when 200 pairs of samples are compared, then about one interval in twenty misses zero', () => {
  const misses = Array.from({ length: 200 }, (_, trial) => {
    const random = seededRandom(1000 + trial);
    const draw = () => Array.from({ length: 60 }, () => random());
    const [low, high] = pairedInterval(draw(), draw(), { ...options, resamples: 200 })?.differenceInterval ?? [0, 0];
    return low > 0 || high < 0;
  }).filter(Boolean).length;
  expect(misses).toBeLessThanOrEqual(22);
  expect(misses).toBeGreaterThan(0);
});

it('given a mean of B that is zero, then there is a difference and no ratio', () => {
  const compared = pairedInterval([1, 2], [0, 0], options);
  expect(compared?.difference).toBe(1.5);
  expect(compared).not.toHaveProperty('ratio');
});

it('given one row or rows that do not match, then there is no interval or an error', () => {
  expect(pairedInterval([1], [2], options)).toBeUndefined();
  expect(() => pairedInterval([1, 2], [1], options)).toThrow(RangeError);
});
