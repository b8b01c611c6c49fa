import { expect, it } from 'vitest';
import { dayInterval } from '../../domain/gates/day-interval.ts';
import type { RowLossName } from '../../domain/gates/loss.ts';
import type { PairedDay } from '../../domain/gates/paired-days.ts';
import type { Drop } from '../../domain/policy/policy.ts';

/** Ten days: rows, the candidate's and the champion's sum of losses. */
const days: readonly PairedDay[] = (
  [
    [24, 812.5, 900],
    [22, 640.25, 655.5],
    [24, 905, 1100.25],
    [19, 700.5, 690],
    [24, 588.75, 640.5],
    [24, 1010, 1250.75],
    [23, 690.5, 720],
    [24, 750, 905.5],
    [24, 820.25, 860],
    [20, 560, 640.25],
  ] as const
).map(([rows, candidate, champion], day) => ({ day: String(day), rows, candidate, champion }));

/** Expected numbers: the same resamples, computed by an independent program in Python with NumPy. */
const vectors: readonly [RowLossName, Drop, number, readonly [number, number]][] = [
  ['mae', { by: 0, of: 'relative' }, -3.8815789473684177, [-7.682327511811506, -1.7635617416139233]],
  ['mae', { by: 0.02, of: 'relative' }, -4.615153508771926, [-8.66439642013993, -2.4353163489814706]],
  ['rmse', { by: 0.02, of: 'relative' }, -0.45054296767368424, [-0.7424268688573161, -0.26835404019832715]],
  ['rmse', { by: 0.1, of: 'points' }, -0.42941703639524087, [-0.7019576531006204, -0.24891194934690497]],
];

it.each(vectors)('given %s with margin %j, when the interval is taken, then it is the golden one', (metric, margin, value, [low, high]) => {
  const { excess, interval } = dayInterval(metric, days, margin);
  expect(excess.value).toBeCloseTo(value, 11);
  expect(interval?.[0]).toBeCloseTo(low, 10);
  expect(interval?.[1]).toBeCloseTo(high, 10);
});
