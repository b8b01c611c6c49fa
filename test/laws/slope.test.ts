import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventTime, plusDays } from '../../domain/identity/event-time.ts';
import { measureTrend } from '../../domain/performance/measure-trend.ts';
import { slopeT } from '../../domain/statistics/slope.ts';
import { daysOf, scale } from '../performance/outcome-days.ts';

const values = (minLength: number, maxLength: number) => fc.array(fc.integer({ min: 1, max: 1000 }), { minLength, maxLength });
const at = (ys: readonly number[]) => ys.map((y, x) => [x, y] as const);

describe('the slope of few points beside steady values', () => {
  it('has the same p-value in any unit, and a slope in that unit', () => {
    fc.assert(
      fc.property(values(4, 7), values(3, 26), fc.integer({ min: 2, max: 1000 }), (points, steady, unit) => {
        fc.pre(new Set(steady).size > 1);
        const one = slopeT(at(points), steady);
        const other = slopeT(
          at(points.map((y) => unit * y)),
          steady.map((y) => unit * y),
        );
        expect(other?.pGreater).toBeCloseTo(one?.pGreater as number, 9);
        expect((other?.slope as number) / unit).toBeCloseTo(one?.slope as number, 9);
      }),
    );
  });

  it('is the same wherever the steady values lie and in whatever order points and values come', () => {
    fc.assert(
      fc.property(values(4, 7), values(3, 26), fc.integer({ min: -1000, max: 1000 }), (points, steady, by) => {
        fc.pre(new Set(steady).size > 1);
        const one = slopeT(at(points), steady);
        const other = slopeT(at(points).toReversed(), steady.map((y) => y + by).toReversed());
        expect(other?.pGreater).toBeCloseTo(one?.pGreater as number, 9);
      }),
    );
  });
});

it('a trend since the baseline is the same in any order of days', () => {
  const from = eventTime('2011-01-03');
  fc.assert(
    fc.property(values(28, 28), values(28, 49), (ofBaseline, errors) => {
      const anchor = daysOf(from, ofBaseline);
      const days = daysOf(plusDays(from, 28), errors);
      const given = { season: 'none', limit: { by: 0.03, of: 'relative' } } as const;
      const one = measureTrend('mae', scale, days, { ...given, anchor });
      const other = measureTrend('mae', scale, days.toReversed(), { ...given, anchor: anchor.toReversed() });
      expect(other.drawn?.pValue).toBeCloseTo(one.drawn?.pValue as number, 9);
      expect(other.drawn?.threshold).toBeCloseTo(one.drawn?.threshold as number, 9);
    }),
  );
});
