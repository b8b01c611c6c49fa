import fc from 'fast-check';
import { expect, it } from 'vitest';
import { dayInterval } from '../../domain/gates/day-interval.ts';
import type { RowLossName } from '../../domain/gates/loss.ts';
import { assessNotWorse } from '../../domain/gates/not-worse.ts';
import type { PairedDay } from '../../domain/gates/paired-days.ts';
import type { ScoredRow } from '../../domain/gates/scored-row.ts';
import type { Drop, MetricName } from '../../domain/policy/policy.ts';
import { asOf, hourlyRows, noisyErrors, scoredRows } from '../gates/rows.ts';

const metrics = fc.constantFrom<RowLossName>('mae', 'rmse', 'mape', 'smape', 'accuracy', 'logLoss', 'brier');
const margins = fc.record({
  by: fc.double({ min: 0, max: 0.5, noNaN: true }),
  of: fc.constantFrom('relative' as const, 'points' as const),
});
const day = fc
  .record({
    rows: fc.integer({ min: 1, max: 40 }),
    candidate: fc.double({ min: 0, max: 1, noNaN: true }),
    champion: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ rows, candidate, champion }) => ({ rows, candidate: candidate * rows, champion: champion * rows }));
const days = fc
  .array(day, { minLength: 8, maxLength: 20 })
  .map((list): PairedDay[] => list.map((sums, index) => ({ day: String(index).padStart(2, '0'), ...sums })));
const few = { numRuns: 60 };

it('never fails a candidate that errs exactly as the champion does', () => {
  fc.assert(
    fc.property(metrics, days, margins, (metric, list, margin) => {
      const { interval } = dayInterval(
        metric,
        list.map((one) => ({ ...one, candidate: one.champion })),
        margin,
      );
      expect(interval === undefined || interval[0] <= 0).toBe(true);
    }),
    few,
  );
});

it('passes a candidate that errs exactly as the champion does, whatever the metric, when no margin is given', () => {
  fc.assert(
    fc.property(metrics, days, (metric, list) => {
      const same = list.map((one) => ({ ...one, candidate: one.champion }));
      expect(dayInterval(metric, same, { by: 0, of: 'relative' }).interval).toEqual([0, 0]);
    }),
    few,
  );
});

it('holds the estimate within its interval', () => {
  fc.assert(
    fc.property(metrics, days, margins, (metric, list, margin) => {
      const { interval, excess } = dayInterval(metric, list, margin);
      if (interval === undefined) return;
      expect(interval[0]).toBeLessThanOrEqual(excess.value);
      expect(interval[1]).toBeGreaterThanOrEqual(excess.value);
    }),
    few,
  );
});

it('allows more with a wider margin, never less', () => {
  fc.assert(
    fc.property(metrics, days, margins, fc.double({ min: 0, max: 0.5, noNaN: true }), (metric, list, margin, more) => {
      const narrow = dayInterval(metric, list, margin).excess.value;
      const wide = dayInterval(metric, list, { ...margin, by: margin.by + more }).excess.value;
      expect(wide).toBeLessThanOrEqual(narrow + 1e-12);
    }),
    few,
  );
});

/** Errors and margins whose squares are not lost below the smallest double, in any unit. */
const sizeable = (size: number) => (size < 1e-100 ? 0 : size);
const sizeableDays = days.map((list) =>
  list.map((one) => ({ ...one, candidate: sizeable(one.candidate), champion: sizeable(one.champion) })),
);

it('says the same in another unit of the error', () => {
  fc.assert(
    fc.property(
      sizeableDays,
      fc.double({ min: 0, max: 0.5, noNaN: true }).map(sizeable),
      fc.constantFrom(0.25, 2, 1024),
      (list, by, unit) => {
        const scaled = list.map((one) => ({ ...one, candidate: one.candidate * unit, champion: one.champion * unit }));
        const [before, after] = [list, scaled].map((some) => dayInterval('mae', some, { by, of: 'relative' }).interval);
        expect(after).toEqual(before?.map((end) => end * unit));
      },
    ),
    few,
  );
});

it('does not look at the order of rows, to the last bit', () => {
  const [candidate, champion] = [hourlyRows(12, noisyErrors(3, 20)), hourlyRows(12, noisyErrors(4, 25))];
  const gate = { gate: 'not-worse', metric: 'rmse', margin: { by: 0.02, of: 'relative' }, recentDays: 30 } as const;
  const said = assessNotWorse(gate, candidate, { rows: champion }, asOf, '/gates/0');
  const shuffled = <T>(rows: readonly T[]) => fc.shuffledSubarray([...rows], { minLength: rows.length });
  fc.assert(
    fc.property(shuffled(candidate), shuffled(champion), (a, b) => {
      expect(assessNotWorse(gate, a, { rows: b }, asOf, '/gates/0')).toEqual(said);
    }),
    { numRuns: 20 },
  );
});

const summed = fc.constantFrom<MetricName>('rocAuc', 'prAuc', 'f1', 'recall', 'macroF1', 'matthews');
const skilled = (seed: number, skill: number) => ({ rows: scoredRows(seed, 10, skill) });
const judged = (metric: MetricName, margin: Drop, one: readonly ScoredRow[], other: readonly ScoredRow[]) =>
  assessNotWorse({ gate: 'not-worse', metric, margin, recentDays: 30 }, one, { rows: other }, asOf, '/gates/0', { positive: '1' });

it('does not look at the order of rows, or at which of two classes is called what, by any metric of summed rows', () => {
  const [one, other] = [skilled(1, 0.7).rows, skilled(2, 0.5).rows];
  const shuffled = fc.shuffledSubarray([...one], { minLength: one.length });
  const renamed = (rows: readonly ScoredRow[]) =>
    rows.map((row) => ({ ...row, label: row.label === 1 ? 'true' : '0.0', prediction: row.prediction === 1 }));
  fc.assert(
    fc.property(summed, shuffled, (metric, rows) => {
      const said = judged(metric, { by: 0.02, of: 'relative' }, one, other);
      expect(judged(metric, { by: 0.02, of: 'relative' }, rows, other)).toEqual(said);
      expect(judged(metric, { by: 0.02, of: 'relative' }, renamed(one), renamed(other))).toEqual(said);
    }),
    { numRuns: 12 },
  );
});

it('turns round where candidate and champion are exchanged, by any metric of summed rows', () => {
  fc.assert(
    fc.property(summed, fc.integer({ min: 0, max: 8 }), fc.integer({ min: 0, max: 8 }), (metric, one, other) => {
      const [a, b] = [skilled(1, one / 8).rows, skilled(2, other / 8).rows];
      const [there, back] = [judged(metric, { by: 0, of: 'points' }, a, b), judged(metric, { by: 0, of: 'points' }, b, a)];
      expect(there.difference).toBeCloseTo(-(back.difference as number), 12);
      expect(there.interval?.[0]).toBeCloseTo(-(back.interval?.[1] as number), 12);
    }),
    { numRuns: 12 },
  );
});
