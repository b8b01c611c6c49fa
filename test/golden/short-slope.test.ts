import { expect, it } from 'vitest';
import { shortSlopeT } from '../../domain/statistics/short-slope.ts';

/**
 * Expected values: least squares on an intercept and a slope for the points and an intercept for the steady values, numpy 2.4.6; the
 * standard error times 1.1, scipy 1.17.1, stats.t.
 */
it("given four points and five steady values, then slope, interval and p-value are least squares' with an intercept for each", () => {
  const points = [30.1, 30.4, 30.3, 30.9].map((y, at) => [at - 3, y] as const);
  const line = shortSlopeT(points, [30.0, 29.8, 30.2, 29.9, 30.1]);
  expect(line?.slope).toBeCloseTo(0.23, 12);
  expect(line?.at(0)).toBeCloseTo(30.77, 12);
  expect(line?.degrees).toBe(6);
  expect(line?.pGreater).toBeCloseTo(0.01833798064362119, 12);
  expect(line?.interval[0]).toBeCloseTo(0.019779082583847335, 12);
  expect(line?.interval[1]).toBeCloseTo(0.44022091741614877, 12);
});
