import { describe, expect, it } from 'vitest';
import { eventTime, plusDays } from '../../domain/identity/event-time.ts';
import { assessTrend } from '../../domain/performance/assess-trend.ts';
import { measureTrend } from '../../domain/performance/measure-trend.ts';
import type { OutcomeDay } from '../../domain/performance/outcome-day.ts';
import { outcomeScale } from '../../domain/performance/outcome-scale.ts';
import { metricsOf } from '../../domain/policy/metric-traits.ts';
import { type Slope, slopeT } from '../../domain/statistics/slope.ts';
import { normals } from '../gates/rows.ts';
import { customerGrid, customers } from './customers.ts';
import { daysOf, scale } from './outcome-days.ts';
import { quantities, quantityGrid } from './quantities.ts';

const normal = normals(9);
const growing = (perWeek: number, weeks: number) =>
  Array.from({ length: 7 * weeks }, (_, day) => 30 * (1 + (perWeek * day) / 7) + 0.3 * normal());
const limit = { by: 0.03, of: 'relative' } as const;
const plain = { season: 'none', anchor: [], limit } as const;
const standards = { level: 1 / 720, critical: false } as const;
const judge = (errors: readonly number[]) => {
  const trend = measureTrend('mae', scale, daysOf('2011-01-03', errors), plain);
  return assessTrend('mae', trend, { ...standards, adjustedPValue: trend.drawn?.pValue ?? 1 });
};

describe('given an error that grows by 1% a week', () => {
  it('when ten weeks are known, then the trend warns, with both ends of the line, interval, threshold and policy line', () => {
    const signal = judge(growing(0.01, 10));
    expect(signal).toMatchObject({ outcome: 'fail', critical: false, policyPath: '/performance/trend' });
    expect(signal.reference).toBeCloseTo(30.1, 0);
    expect(signal.value).toBeCloseTo(32.8, 0);
    expect(signal.threshold).toBeCloseTo(1.03 * (signal.reference as number), 9);
    expect(signal.interval?.[0]).toBeLessThan(signal.value as number);
    expect(signal.interval?.[0]).toBeGreaterThan(signal.reference as number);
    expect(signal.statistics.worsePerWeek).toBeCloseTo(0.3, 1);
    expect(signal.says).toMatch(/^Mean error from 30(\.\d)? to 3[23](\.\d)? along 10 weeks \(alarm at 3[01](\.\d)?\), p = /);
  });

  it('when the line is drawn, then its standard error is a tenth wider than that of independent weeks', () => {
    const { weeks, drawn } = measureTrend('mae', scale, daysOf('2011-01-03', growing(0.01, 10)), plain);
    const independent = slopeT(weeks) as Slope;
    const reach = ({ interval: [from, to] }: Slope) => to - from;
    expect(reach(drawn?.line as Slope)).toBeCloseTo(1.1 * reach(independent), 9);
    expect(drawn?.pValue).toBeGreaterThan(independent.pGreater);
  });

  it('when seven weeks are known, and no baseline, then that is too few', () => {
    expect(judge(growing(0.01, 7))).toMatchObject({
      outcome: 'inconclusive',
      missing: '8 weeks with outcomes; or 4 since a baseline of 3',
    });
  });

  it('when two weeks in between have no outcomes, then the line is that of the calendar', () => {
    const all = daysOf('2011-01-03', growing(0.01, 14));
    const gap = all.filter((_, day) => day < 35 || day >= 49);
    expect(measureTrend('mae', scale, gap, plain).drawn?.line.slope).toBeCloseTo(
      measureTrend('mae', scale, all, plain).drawn?.line.slope as number,
      1,
    );
    expect(
      measureTrend('mae', scale, gap, plain)
        .weeks.map(([week]) => week)
        .sort((a, b) => a - b),
    ).toEqual([-13, -12, -11, -10, -9, -6, -5, -4, -3, -2, -1, 0]);
  });
});

describe('given a baseline of four steady weeks of a busy model', () => {
  const own = normals(4);
  const errors = (weeks: number, perWeek: (week: number) => number) =>
    Array.from({ length: 7 * weeks }, (_, day) => 30 * (1 + perWeek(Math.floor(day / 7))) + 0.05 * own());
  const judgeSince = (perWeek: number, weeks: number, from: 'production' | 'heldOut' = 'production', extraDays = 0) => {
    const days = daysOf(
      '2011-01-03',
      errors(5 + weeks, (week) => perWeek * Math.max(0, week - 3)),
    ).slice(0, 7 * (4 + weeks) + extraDays);
    const anchor = days.slice(0, 28);
    const trend = measureTrend('mae', scale, from === 'production' ? days : days.slice(28), { season: 'none', anchor, limit });
    return assessTrend('mae', trend, { ...standards, adjustedPValue: trend.drawn?.pValue ?? 1 });
  };

  it.each(['production', 'heldOut'] as const)(
    'when it is %s and the error grows by .6% a week for four weeks, then that is a trend',
    (from) => {
      const signal = judgeSince(0.006, 4, from);
      expect(signal).toMatchObject({ outcome: 'fail', statistics: { weeks: 4 } });
      expect(signal.threshold).toBeCloseTo(1.015 * (signal.reference as number), 9);
      expect(signal.says).toMatch(/along 4 weeks since the baseline \(alarm at 30\.\d+\), p = /);
    },
  );

  it('when it grows by .4% a week, then that is under the limit of each week, and steady weeks pass as well', () => {
    for (const perWeek of [0.004, 0]) expect(judgeSince(perWeek, 4, 'heldOut').outcome).toBe('pass');
  });

  it('when days of a fifth week have begun, then they count with the next days only', () => {
    expect(judgeSince(0.006, 4, 'heldOut', 3).statistics.weeks).toBe(4);
  });

  it('when seven weeks are known, then the whole limit is asked of the line, and of eight it is the line of all', () => {
    const seven = judgeSince(0.006, 7, 'heldOut');
    expect(seven.threshold).toBeCloseTo(1.03 * (seven.reference as number), 9);
    expect(judgeSince(0.006, 8).statistics.weeks).toBe(12);
  });

  it('when both lines can be drawn, then the p-value of the one that is told is doubled', () => {
    const days = daysOf(
      '2011-01-03',
      errors(8, (week) => 0.006 * Math.max(0, week - 3)),
    );
    const given = { season: 'none', anchor: days.slice(0, 28), limit } as const;
    const [both, alone] = [days, days.slice(28)].map((some) => measureTrend('mae', scale, some, given).drawn);
    expect(both?.isShort).toBe(true);
    expect(both?.pValue).toBeCloseTo(2 * (alone?.pValue as number), 12);
  });

  it('when only three weeks are known since, or the baseline has two, then it cannot be judged', () => {
    expect(judgeSince(0.006, 3, 'heldOut').outcome).toBe('inconclusive');
    const days = daysOf(
      '2011-01-03',
      errors(6, () => 0),
    );
    expect(measureTrend('mae', scale, days.slice(14), { season: 'none', anchor: days.slice(0, 14), limit }).drawn).toBeUndefined();
  });
});

describe('given an error that is larger by 15 in the first five days of each month', () => {
  const start = eventTime('2023-01-01');
  const known = 248;
  const own = normals(31);
  const monthly = (days: number, perWeek: number) => {
    const errors = Array.from({ length: known + days }, (_, index) => {
      const isEarly = Number(plusDays(start, index).slice(8, 10)) <= 5;
      return 60 + own() + (isEarly ? 15 : 0) + (perWeek * Math.max(0, index - known)) / 7;
    });
    return daysOf('2023-01-01', errors);
  };
  const judgeSeason = (season: 'none' | 'dayOfMonth', days: readonly OutcomeDay[]) => {
    const trend = measureTrend('mae', scale, days, { season, anchor: days.slice(0, known), limit });
    return assessTrend('mae', trend, { ...standards, adjustedPValue: trend.drawn?.pValue ?? 1 });
  };

  it('when it grows by 0.6 a week, then the trend is seen once the season is taken out, and not before', () => {
    const days = monthly(70, 0.6);
    expect(judgeSeason('none', days).outcome).toBe('pass');
    const signal = judgeSeason('dayOfMonth', days);
    expect(signal).toMatchObject({ outcome: 'fail', statistics: { weeks: 26 } });
    expect(signal.says).toMatch(/along 26 weeks, their season taken out \(alarm at/);
  });

  it('when nothing grows, then it alarms no more often than its level says', () => {
    const level = 0.05;
    const runs = 300;
    const alarms = Array.from({ length: runs }, () => {
      const days = monthly(60, 0);
      const { drawn } = measureTrend('mae', scale, days, { season: 'dayOfMonth', anchor: days.slice(0, known), limit });
      return (drawn?.pValue ?? 1) <= level;
    }).filter(Boolean).length;
    expect(alarms / runs).toBeLessThanOrEqual(level + 2 * Math.sqrt((level * (1 - level)) / runs));
  });

  it('when the baseline has not four of each day of the month, then what is missing is said', () => {
    const days = monthly(0, 0).slice(0, 84);
    expect(judgeSeason('dayOfMonth', days)).toMatchObject({
      outcome: 'inconclusive',
      missing: '8 weeks with outcomes, each day with 4 days of baseline on the same day of the month',
    });
  });
});

describe('given no growth that matters', () => {
  it('when the error falls, is level, or grows by less than the limit in all, then nothing is said', () => {
    for (const perWeek of [-0.02, 0, 0.002]) expect(judge(growing(perWeek, 12)).outcome).toBe('pass');
  });

  it('when weeks differ and nothing grows, then it alarms no more often than its level says', () => {
    const level = 0.05;
    const runs = 400;
    const alarms = Array.from({ length: runs }, () => {
      const errors = Array.from({ length: 10 }, () => 30 + 3 * normal()).flatMap((mood) =>
        Array.from({ length: 7 }, () => mood + normal()),
      );
      const trend = measureTrend('mae', scale, daysOf('2011-01-03', errors), plain);
      return assessTrend('mae', trend, { ...standards, level, adjustedPValue: trend.drawn?.pValue ?? 1 });
    }).filter(({ outcome }) => outcome === 'fail').length;
    expect(alarms / runs).toBeLessThanOrEqual(level + 2 * Math.sqrt((level * (1 - level)) / runs));
    expect(alarms).toBeGreaterThan(0);
  });
});

it('given an accuracy, when it falls week by week, then the trend fails downwards', () => {
  const days = daysOf('2011-01-03', new Array(84).fill(0)).map(({ day }, index) => ({
    day,
    outcomes: { matched: 1000, correct: 900 - index + Math.round(3 * normal()) },
  }));
  const trend = measureTrend('accuracy', scale, days, plain);
  const signal = assessTrend('accuracy', trend, { ...standards, adjustedPValue: trend.drawn?.pValue ?? 1, critical: true });
  expect(signal).toMatchObject({ outcome: 'fail', critical: true });
  expect(signal.reference as number).toBeGreaterThan(signal.value as number);
  expect(signal.threshold as number).toBeGreaterThan(signal.value as number);
});

describe('given a classifier that is judged by scores and classes', () => {
  const ofCustomers = outcomeScale(customerGrid, '1');
  const steady = customers({ seed: 1, first: 0, days: 84, skill: () => 1 });
  const fading = customers({ seed: 2, first: 0, days: 84, skill: (day) => 1 - day / 100 });
  const daysWith = (days: typeof steady) => days.flatMap(({ day, outcomes }) => (outcomes ? [{ day, outcomes }] : []));
  const judged = (metric: (typeof metrics)[number], days: typeof steady) => {
    const trend = measureTrend(metric, ofCustomers, daysWith(days), plain);
    return assessTrend(metric, trend, { ...standards, adjustedPValue: trend.drawn?.pValue ?? 1 });
  };
  const metrics = metricsOf('classification');

  it.each(metrics)('when %s is watched, then a model that stays is no trend, and one that fades is', (metric) => {
    expect(judged(metric, steady)).toMatchObject({ outcome: 'pass', statistics: { weeks: 12 } });
    const signal = judged(metric, fading);
    expect(signal).toMatchObject({ outcome: 'fail', statistics: { weeks: 12 } });
    expect(signal.statistics.worsePerWeek).toBeGreaterThan(0);
  });

  it('when weeks hold under ten of a kind, then they are left out, and what is missing is said', () => {
    const sparse = customers({ seed: 3, first: 0, days: 84, skill: () => 1, rows: 8 });
    expect(judged('rocAuc', sparse)).toMatchObject({
      outcome: 'inconclusive',
      missing: '8 weeks with 10 outcomes of the positive class and 10 others, with a score; or 4 since a baseline of 3',
    });
    expect(judged('matthews', sparse)).toMatchObject({
      missing: '8 weeks with 10 outcomes that are not of the commonest class; or 4 since a baseline of 3',
    });
    expect(judged('accuracy', sparse).outcome).toBe('pass');
  });
});

it.each(metricsOf('regression'))(
  'given 24 quantities a day, when %s is watched, then a model that stays is no trend, and one whose errors grow is',
  (metric) => {
    const judged = (error: (day: number) => number) => {
      const trend = measureTrend(metric, outcomeScale(quantityGrid, undefined), quantities(1, 0, 84, error), plain);
      return assessTrend(metric, trend, { ...standards, adjustedPValue: trend.drawn?.pValue ?? 1 });
    };
    expect(judged(() => 20)).toMatchObject({ outcome: 'pass', statistics: { weeks: 12, rows: 2016 } });
    expect(judged((day) => 20 + day / 2)).toMatchObject({ outcome: 'fail', statistics: { weeks: 12 } });
  },
);
