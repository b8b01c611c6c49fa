import { describe, expect, it } from 'vitest';
import { assessNotWorse } from '../../domain/gates/not-worse.ts';
import type { MetricName } from '../../domain/policy/policy.ts';
import { asOf, hourlyRows, noisyErrors } from './rows.ts';

const gate = (by = 0, metric: MetricName = 'mae', recentDays = 56) =>
  ({ gate: 'not-worse', metric, margin: { by, of: 'relative' }, recentDays }) as const;
const champion = { rows: hourlyRows(30, noisyErrors(1, 30)) };

describe('the gate against the champion', () => {
  it('given a clearly better candidate, when it is compared, then it passes with the figures that show it', () => {
    const result = assessNotWorse(gate(), hourlyRows(30, noisyErrors(2, 15)), champion, asOf, '/gates/1');
    expect(result).toMatchObject({ outcome: 'pass', rows: 720, threshold: 0, policyPath: '/gates/1' });
    expect(result.difference).toBeCloseTo((result.candidate as number) - (result.champion as number), 10);
    expect(result.interval?.[1]).toBeLessThan(0);
  });

  it('given a clearly worse candidate, when it is compared, then it fails', () => {
    const result = assessNotWorse(gate(), hourlyRows(30, noisyErrors(2, 60)), champion, asOf, '/gates/1');
    expect(result.outcome).toBe('fail');
    expect(result.interval?.[0]).toBeGreaterThan(0);
  });

  it('given a candidate of the same quality, when no margin is given, then nothing is proven; with a wide one it passes', () => {
    const candidate = hourlyRows(30, noisyErrors(2, 30));
    expect(assessNotWorse(gate(), candidate, champion, asOf, '').outcome).toBe('inconclusive');
    expect(assessNotWorse(gate(0.5), candidate, champion, asOf, '').outcome).toBe('pass');
  });

  it('given a candidate that is worse by a tenth, when the margin is a fifth, then it passes, and by points alike', () => {
    const candidate = {
      rows: champion.rows.map((row) => ({ ...row, prediction: 1.1 * (Number(row.prediction) - Number(row.label)) + Number(row.label) })),
    };
    const outcome = (margin: { by: number; of: 'relative' | 'points' }, metric: MetricName) =>
      assessNotWorse({ ...gate(), metric, margin }, candidate.rows, champion, asOf, '').outcome;
    for (const metric of ['mae', 'rmse'] as const) {
      expect(outcome({ by: 0.2, of: 'relative' }, metric)).toBe('pass');
      expect(outcome({ by: 0.02, of: 'relative' }, metric)).toBe('fail');
      expect(outcome({ by: 10, of: 'points' }, metric)).toBe('pass');
      expect(outcome({ by: 0.5, of: 'points' }, metric)).toBe('fail');
    }
  });

  it('given a classifier, when it errs less often, then it passes and the difference is below zero', () => {
    const rows = (errs: (row: number) => boolean) =>
      hourlyRows(20, () => 0).map((row, i) => ({ ...row, label: 'a', prediction: errs(i) ? 'b' : 'a' }));
    const [better, worse] = [rows((i) => i % 11 === 0), rows((i) => i % 4 === 0)];
    expect(assessNotWorse(gate(0, 'accuracy'), better, { rows: worse }, asOf, '')).toMatchObject({ outcome: 'pass', champion: 0.75 });
    expect(assessNotWorse(gate(0, 'accuracy'), worse, { rows: better }, asOf, '').outcome).toBe('fail');
  });

  it('given rows older than the recent days, when it is compared, then they do not count', () => {
    const spoilt = (size: number) => hourlyRows(40, (row, day) => (day < 20 ? 500 : noisyErrors(5, size)(row, day)));
    const result = assessNotWorse(gate(0, 'mae', 20), spoilt(10), { rows: spoilt(20) }, asOf, '');
    expect(result.rows).toBeLessThanOrEqual(20 * 24);
    expect(result.champion).toBeLessThan(100);
  });

  it('given no champion, when it is assessed, then it passes and says why; given one that was not scored, it does not', () => {
    const candidate = hourlyRows(30, () => 1);
    expect(assessNotWorse(gate(), candidate, 'none', asOf, '')).toMatchObject({
      outcome: 'pass',
      says: expect.stringContaining('No champion'),
    });
    expect(assessNotWorse(gate(), candidate, 'unknown', asOf, '').outcome).toBe('inconclusive');
  });

  it.each([
    ['seven days', 7, 24],
    ['forty-nine rows', 49, 1],
  ])('given %s, when it is compared, then it is inconclusive and says what is missing', (_, days, perDay) => {
    const rows = (size: number) => hourlyRows(days, () => size).filter((_, row) => row % 24 < perDay);
    const result = assessNotWorse(gate(), rows(1), { rows: rows(9) }, asOf, '');
    expect(result.outcome).toBe('inconclusive');
    expect(result.missing).toContain('50 rows of 8 days are needed');
  });

  it('given rows only one side answered, when it is compared, then only common rows are', () => {
    const result = assessNotWorse(gate(), hourlyRows(30, () => 1).slice(100), { rows: champion.rows.slice(0, 500) }, asOf, '');
    expect(result.rows).toBe(400);
  });

  it('given a difference that one day alone carries, when it is compared, then no interval is claimed', () => {
    const candidate = hourlyRows(8, (_, day) => (day === 3 ? 20 : 5));
    const result = assessNotWorse(gate(), candidate, { rows: hourlyRows(8, () => 5) }, asOf, '');
    expect(result).toMatchObject({ outcome: 'inconclusive', missing: expect.any(String) });
    expect(result.interval).toBeUndefined();
  });
});
