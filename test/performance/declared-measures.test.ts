import { describe, expect, it } from 'vitest';
import type { MeasureCounts } from '../../domain/ledger/entry.ts';
import { assessPerformance } from '../../domain/performance/assess-performance.ts';
import { measurePerformance } from '../../domain/performance/measure-performance.ts';
import type { OutcomeDay } from '../../domain/performance/outcome-day.ts';
import type { OutcomeScale } from '../../domain/performance/outcome-scale.ts';
import { metricOfMeasure } from '../../domain/policy/metric-of-measure.ts';
import { ratioInterval } from '../../domain/statistics/ratio-interval.ts';
import { seededRandom } from '../../domain/statistics/seeded-random.ts';

const scale: OutcomeScale = {
  unit: 1,
  classes: [],
  measures: (['higher', 'lower'] as const).flatMap((better) => [
    { name: 'ratio', better, sum: { in: 'outcomes', column: 'y' }, per: { in: 'outcomes', column: 'x' } },
    { name: 'sum', better, sum: { in: 'outcomes', column: 'y' }, per: 'day' },
  ]),
};

/** Days of 100 rows with about `rate` y for each of about 1000 x. */
function daysOf(seed: number, first: number, days: number, rate: number): OutcomeDay[] {
  const random = seededRandom(seed);
  return Array.from({ length: days }, (_, day) => {
    const x = 900 + Math.floor(200 * random());
    const y = Math.round(x * rate * (0.95 + 0.1 * random()));
    const counted = (per?: number): MeasureCounts => ({ rows: 100, sum: String(y * 2 ** 20), ...(per && { per: String(per * 2 ** 20) }) });
    const measures = { ratio: counted(x), sum: counted() };
    return { day: new Date(Date.UTC(2024, 0, 1 + first + day)).toISOString().slice(0, 10), outcomes: { matched: 100, measures } };
  });
}

const past = daysOf(1, 0, 84, 0.1);
const judge = (name: 'ratio' | 'sum', better: 'higher' | 'lower', days: readonly OutcomeDay[]) =>
  assessPerformance(measurePerformance(metricOfMeasure({ name, better }), scale, past, days, 7), {
    rule: 'drop',
    limit: { by: 0.05, of: 'relative' },
    level: 0.01,
  });

describe.each(['ratio', 'sum'] as const)('a declared %s over twelve weeks', (name) => {
  it.each(['higher', 'lower'] as const)('given a week that is alike, when %s is better, then it passes, with its interval', (better) => {
    const signal = judge(name, better, daysOf(2, 84, 7, 0.1));
    expect(signal).toMatchObject({ outcome: 'pass', subject: `${better === 'higher' ? 'gain' : 'cost'}/${name}` });
    expect(signal.interval?.[0]).toBeLessThan(signal.value as number);
    expect(signal.interval?.[1]).toBeGreaterThan(signal.value as number);
    expect(signal.says.startsWith(`${name} `)).toBe(true);
  });

  it('given a week of a fifth less, when higher is better, then it fails; when lower is, it passes', () => {
    const less = daysOf(3, 84, 7, 0.08);
    expect([judge(name, 'higher', less).outcome, judge(name, 'lower', less).outcome]).toEqual(['fail', 'pass']);
  });

  it('given a week of a fifth more, when lower is better, then it fails; when higher is, it passes', () => {
    const more = daysOf(4, 84, 7, 0.12);
    expect([judge(name, 'higher', more).outcome, judge(name, 'lower', more).outcome]).toEqual(['pass', 'fail']);
  });
});

it('given days alone, when a ratio is measured, then its interval is that of the ratio estimator', () => {
  const days = daysOf(5, 0, 7, 0.1);
  const sums = days.map(({ outcomes }) => ({
    y: Number(outcomes.measures?.ratio?.sum) / 2 ** 20,
    x: Number(outcomes.measures?.ratio?.per) / 2 ** 20,
  }));
  const measured = measurePerformance('cost/ratio', scale, [], days, 7);
  expect(measured.interval).toEqual(ratioInterval(sums, 0)?.interval);
});

it('given a measure the grid does not count, when it is judged, then it is inconclusive and says what is missing', () => {
  const measured = measurePerformance('gain/unheard', scale, past, past, 7);
  expect(measured).toMatchObject({ rows: 0, missing: '30 matured rows with outcomes; there are 0' });
  expect(measured.value).toBeUndefined();
});
