import { describe, expect, it } from 'vitest';
import { pastBlocks } from '../../domain/calendar/past-blocks.ts';
import { eventTime, plusDays } from '../../domain/identity/event-time.ts';
import { assessChange, measureChange } from '../../domain/performance/assess-change.ts';
import { outcomeScale } from '../../domain/performance/outcome-scale.ts';
import { metricsOf } from '../../domain/policy/metric-traits.ts';
import type { MetricName } from '../../domain/policy/policy.ts';
import { normals } from '../gates/rows.ts';
import { customerGrid, customers } from './customers.ts';
import { daysOf, scale } from './outcome-days.ts';
import { quantities, quantityGrid } from './quantities.ts';

const runLength = 720;
const plain = { season: 'none', past: 7 } as const;
const normal = normals(21);
const around = (mean: number, days: number) => Array.from({ length: days }, () => mean + normal());
const anchor = daysOf('2011-01-01', around(30, 28));

function judge(laterErrors: readonly number[], days = anchor, by = 0.05) {
  const later = daysOf('2011-01-29', laterErrors);
  const from = later.at(-7)?.day ?? '2011-01-29';
  const change = measureChange('mae', days, later, { ...plain, scale, from, runLength });
  return assessChange('mae', change, { limit: { by, of: 'relative' }, runLength, critical: false });
}

describe('given four weeks of baseline whose days differ by 1', () => {
  it('when the error stays, then the evidence does not reach the run length', () => {
    const signal = judge(around(30, 60));
    expect(signal).toMatchObject({ outcome: 'pass', threshold: runLength, reference: 0, statistics: { daysInBaseline: 28, days: 60 } });
    expect(signal.value).toBeLessThan(runLength);
  });

  it('when it rises by 3, then the change is told within two weeks, as a warning, with its day, and stands as long as it lasts', () => {
    const risen = [...around(30, 10), ...around(33, 40)];
    const signal = judge(risen);
    expect(signal).toMatchObject({ outcome: 'fail', critical: false, policyPath: '/watch/falseAlarms' });
    const told = /told on (\S+)\.$/.exec(signal.says)?.[1] as string;
    expect(told >= '2011-02-08' && told < '2011-02-22').toBe(true);
    expect(judge([...risen, ...around(30, 14)]).outcome).toBe('pass');
  });

  it('when it rises by less than matters, however surely, then it is no alarm', () => {
    const signal = judge(around(33, 40), anchor, 0.25);
    expect(signal.value).toBeGreaterThan(runLength);
    expect(signal.outcome).toBe('pass');
  });

  it('when it falls, then it is no alarm', () => {
    expect(judge(around(20, 40)).outcome).toBe('pass');
  });
});

describe('given too little', () => {
  it('when the baseline has ten days, or no later day has matured, then what is missing is said', () => {
    expect(judge(around(30, 20), anchor.slice(-10))).toMatchObject({
      outcome: 'inconclusive',
      missing: '14 days of baseline with outcomes; there are 10',
    });
    expect(judge([])).toMatchObject({ outcome: 'inconclusive', missing: 'matured days after the baseline' });
  });
});

describe('given weekends whose error is larger by 9', () => {
  const weekends = (mean: number, from: number, days: number) =>
    around(mean, days).map((error, day) => error + ([5, 6].includes((from + day) % 7) ? 9 : 0));
  const known = daysOf('2011-01-03', weekends(30, 0, 28));
  const judgeWeekdays = (errors: readonly number[], days = known, season: 'weekday' | 'dayOfMonth' = 'weekday') => {
    const later = daysOf('2011-01-31', errors);
    const from = later.at(-3)?.day as string;
    const past = pastBlocks(season, { from: eventTime(from), to: plusDays(eventTime(from), 3) });
    const change = measureChange('mae', days, later, { scale, season, from, past, runLength });
    return assessChange('mae', change, { limit: { by: 0.05, of: 'relative' }, runLength, critical: false });
  };

  it('when they stay as they are, then the window is held against like days of the baseline, and there is no change', () => {
    const signal = judgeWeekdays(weekends(30, 0, 21));
    expect(signal).toMatchObject({ outcome: 'pass', statistics: { daysInBaseline: 28, days: 21 } });
    expect(Math.abs(signal.statistics.worseBy as number)).toBeLessThan(1.5);
    expect(signal.says).toMatch(/^Mean error 3[67]/);
  });

  it('when all days rise by 3, then it is told within three weeks', () => {
    expect(judgeWeekdays(weekends(33, 0, 21)).outcome).toBe('fail');
  });

  it('when the baseline has too few days like them, then what is missing is said', () => {
    const later = weekends(30, 0, 14);
    expect(judgeWeekdays(later, known, 'dayOfMonth')).toMatchObject({
      outcome: 'inconclusive',
      missing: '4 days of baseline on the same day of the month with outcomes',
      statistics: { days: 0, daysUnlike: 14 },
    });
    const noMondays = known.filter((_, day) => day % 7 !== 0);
    expect(judgeWeekdays(later, noMondays)).toMatchObject({ outcome: 'pass', statistics: { days: 12, daysUnlike: 2 } });
  });
});

describe('given a classifier that is judged by scores and classes', () => {
  const daysFrom = (seed: number, first: number, days: number, skill: number, rows?: number) =>
    customers({ seed, first, days, skill: () => skill, ...(rows !== undefined && { rows }) }).flatMap(({ day, outcomes }) =>
      outcomes ? [{ day, outcomes }] : [],
    );
  const before = daysFrom(1, 0, 28, 1, 400);
  const judgeCustomers = (metric: MetricName, later: typeof before, days = before) => {
    const from = later.at(-7)?.day ?? '2024-01-29';
    const change = measureChange(metric, days, later, { scale: outcomeScale(customerGrid, '1'), ...plain, from, runLength });
    return assessChange(metric, change, { limit: { by: 0.03, of: 'relative' }, runLength, critical: false });
  };

  it.each(metricsOf('classification'))('when %s is watched, then days that stay are no change, and days that are worse are', (metric) => {
    expect(judgeCustomers(metric, daysFrom(2, 28, 30, 1, 400))).toMatchObject({ outcome: 'pass', statistics: { days: 30 } });
    const signal = judgeCustomers(metric, daysFrom(3, 28, 30, 0.4, 400));
    expect(signal).toMatchObject({ outcome: 'fail', statistics: { daysInBaseline: 28, days: 30 } });
    expect(signal.statistics.worseBy).toBeGreaterThan(0);
  });

  it('when days hold under ten of a kind, then they are left out, and what is missing is said', () => {
    expect(judgeCustomers('rocAuc', daysFrom(4, 28, 14, 1), daysFrom(5, 0, 28, 1, 40))).toMatchObject({
      outcome: 'inconclusive',
      missing: expect.stringMatching(
        /^14 days of baseline with 10 outcomes of the positive class and 10 others, with a score; there are \d$/,
      ),
    });
    expect(judgeCustomers('rocAuc', daysFrom(6, 28, 7, 1, 20))).toMatchObject({
      outcome: 'inconclusive',
      missing: 'matured days after the baseline with 10 outcomes of the positive class and 10 others, with a score',
    });
  });
});

it.each(metricsOf('regression'))(
  'given 24 quantities a day, when %s is watched, then days that stay are no change, and days of larger errors are',
  (metric) => {
    const judged = (error: number) => {
      const [before, later] = [quantities(1, 0, 28, () => 20), quantities(2, 28, 30, () => error)];
      const from = later.at(-7)?.day as string;
      const change = measureChange(metric, before, later, { scale: outcomeScale(quantityGrid, undefined), ...plain, from, runLength });
      return assessChange(metric, change, { limit: { by: 0.03, of: 'relative' }, runLength, critical: false });
    };
    expect(judged(20)).toMatchObject({ outcome: 'pass', statistics: { daysInBaseline: 28, days: 30 } });
    expect(judged(40)).toMatchObject({ outcome: 'fail', statistics: { days: 30 } });
  },
);

describe('given second opinions on the same days', () => {
  const own = normals(77);
  const days = (mean: number, count: number) => Array.from({ length: count }, () => mean + own());
  const before = daysOf('2011-01-01', days(30, 28));

  it('when the error rises by 6, then ADWIN and Page–Hinkley say so as well, and where it stays neither does', () => {
    const told = judge([...days(30, 10), ...days(36, 40)], before).statistics;
    expect([told.daysSinceAdwin, told.daysSincePageHinkley].every((since) => since !== undefined && since < 40)).toBe(true);
    const { statistics } = judge(days(30, 30), before);
    expect([statistics.daysSinceAdwin, statistics.daysSincePageHinkley]).toEqual([undefined, undefined]);
  });
});
