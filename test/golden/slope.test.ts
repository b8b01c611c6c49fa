import { expect, it } from 'vitest';
import { slopeT } from '../../domain/statistics/slope.ts';

/** Expected values: scipy 1.17.1, stats.linregress(alternative='greater') and stats.t.isf for the interval. */
it.each([
  {
    of: 'a rise over eight weeks',
    x: [0, 1, 2, 3, 4, 5, 6, 7],
    y: [30.1, 29.2, 31.4, 30.9, 32.2, 31.1, 33.6, 32.9],
    slope: 0.5,
    intercept: 29.675,
    pGreater: 0.0038905811031910145,
    interval: [0.18807871807425752, 0.8119212819257424],
  },
  {
    of: 'a fall with gaps between the weeks',
    x: [-9, -7, -6, -4, -3, -2, -1, 0],
    y: [0.81, 0.79, 0.82, 0.8, 0.78, 0.8, 0.77, 0.79],
    slope: -0.0030882352941176464,
    intercept: 0.7826470588235295,
    pGreater: 0.9421740551973341,
    interval: [-0.007198924735669762, 0.0010224541474344686],
  },
])("given $of, then slope, interval and p-value are scipy's", ({ x, y, slope, intercept, pGreater, interval }) => {
  const line = slopeT(x.map((one, index) => [one, y[index] as number]));
  expect(line?.slope).toBeCloseTo(slope, 12);
  expect(line?.at(0)).toBeCloseTo(intercept, 12);
  expect(line?.pGreater).toBeCloseTo(pGreater, 12);
  expect(line?.interval[0]).toBeCloseTo(interval[0] as number, 12);
  expect(line?.interval[1]).toBeCloseTo(interval[1] as number, 12);
});

it('given points on one line, two points, or one x alone, then a rise is certain, and otherwise nothing can be said', () => {
  const line = (slope: number) => [0, 1, 2, 3].map((x) => [x, slope * x] as const);
  expect(slopeT(line(1))?.pGreater).toBe(0);
  expect(slopeT(line(0))?.pGreater).toBe(1);
  expect(slopeT(line(1).slice(0, 2))).toBeUndefined();
  expect(slopeT([1, 2, 3, 4].map((y) => [5, y]))).toBeUndefined();
});

/**
 * Expected values: least squares on an intercept and a slope for the points and an intercept for the steady values, numpy 2.4.6; the
 * standard error times 1.1, scipy 1.17.1, stats.t.
 */
it("given four points and five steady values, then slope, interval and p-value are least squares' with an intercept for each", () => {
  const points = [30.1, 30.4, 30.3, 30.9].map((y, at) => [at - 3, y] as const);
  const line = slopeT(points, [30.0, 29.8, 30.2, 29.9, 30.1], 1.1);
  expect(line?.slope).toBeCloseTo(0.23, 12);
  expect(line?.at(0)).toBeCloseTo(30.77, 12);
  expect(line?.degrees).toBe(6);
  expect(line?.pGreater).toBeCloseTo(0.01833798064362119, 12);
  expect(line?.interval[0]).toBeCloseTo(0.019779082583847335, 12);
  expect(line?.interval[1]).toBeCloseTo(0.44022091741614877, 12);
});
