import { describe, expect, it } from 'vitest';
import { eventTime, plusDays } from '../../domain/identity/event-time.ts';
import { measurePerformance } from '../../domain/performance/measure-performance.ts';
import type { OutcomeDay } from '../../domain/performance/outcome-day.ts';
import { outcomeScale } from '../../domain/performance/outcome-scale.ts';
import { windowsOfDays } from '../../domain/performance/windows-of-days.ts';
import type { MetricName } from '../../domain/policy/policy.ts';
import { normals } from '../gates/rows.ts';
import { customerGrid, customers } from './customers.ts';
import { daysOf, scale } from './outcome-days.ts';

const from = eventTime('2024-01-01');
const baselineDays = 28;
const since = plusDays(from, baselineDays);
const limit = { by: 0.03, of: 'relative' } as const;

/** Mean errors of 30 that wander by 2%, times what a day, counted from the baseline's first, makes of them. */
function errors(weeks: number, factor: (day: number) => number): OutcomeDay[] {
  const normal = normals(weeks);
  return daysOf(
    from,
    Array.from({ length: baselineDays + 7 * weeks + 7 }, (_, day) => 30 * factor(day) * (1 + 0.02 * normal())),
  );
}

function measured(metric: MetricName, days: readonly OutcomeDay[], { of = scale, alarmed = [] as string[], known = true } = {}) {
  const [baseline, between, window] = [days.slice(0, baselineDays), days.slice(baselineDays, -7), days.slice(-7)];
  const span = { from: plusDays(from, days.length - 7), to: plusDays(from, days.length) };
  const windows = known ? windowsOfDays(between, 7, span, since) : [];
  return measurePerformance(metric, of, baseline, window, 7, { windows, alarmed: new Set(alarmed), limit, level: 1 / 360 });
}

const now = (weeks: number) => (day: number) => (day >= baselineDays + 7 * weeks ? 1.1 : 1);

describe('given four weeks of baseline, eight steady weeks since, and an error that grows by a tenth', () => {
  const days = errors(8, now(8));
  const [wide, alone] = [measured('mae', days), measured('mae', days, { known: false })];

  it('when it is tested against blocks of both, then it is found, and the baseline alone cannot be sure', () => {
    expect(wide).toMatchObject({ test: { kind: 'blocks', blocks: 12 }, later: { steady: 8, alarmed: 0 } });
    expect(wide.test.kind !== 'none' && wide.test.pValue).toBeLessThan(1 / 360);
    expect(alone.test).toMatchObject({ kind: 'days', blocks: 28 });
    expect(alone.test.kind !== 'none' && alone.test.pValue).toBeGreaterThan(1 / 360);
  });

  it('when what it is held against is asked for, then that is the anchor, and the interval lies around the value', () => {
    expect(wide.reference).toBe(alone.reference);
    expect(wide.value).toBe(alone.value);
    const [low, high] = wide.interval ?? [Number.NaN, Number.NaN];
    expect((low + high) / 2).toBeCloseTo(wide.value as number, 9);
  });

  it('when a look alarmed on the last day of a week, then that week is no block', () => {
    const { later, test } = measured('mae', days, { alarmed: [days[baselineDays + 20]?.day as string] });
    expect(later).toEqual({ steady: 7, alarmed: 1 });
    expect(test).toMatchObject({ blocks: 11 });
  });
});

it.each([1.3, 0.7])(
  'given a week long ago with %f times the error, when a later one is judged, then it does not count as usual',
  (factor) => {
    const odd = (day: number) => day >= baselineDays + 28 && day < baselineDays + 35;
    const { later, test } = measured(
      'mae',
      errors(10, (day) => (odd(day) ? factor : now(10)(day))),
    );
    expect(later).toEqual({ steady: 9, alarmed: 1 });
    expect(test.kind !== 'none' && test.pValue).toBeLessThan(1 / 360);
  },
);

it('given an error that has been growing ever since the baseline, then no later week is usual, and the baseline alone is asked', () => {
  const days = errors(8, (day) => 1 + Math.max(0, day - baselineDays) / 300);
  const growing = measured('mae', days);
  expect(growing.later).toMatchObject({ steady: 0 });
  expect(growing.later?.trendPValue).toBeLessThan(0.01);
  expect(growing.test).toEqual(measured('mae', days, { known: false }).test);
});

it('given three weeks since the baseline, which are too few with it, then single days of the baseline are asked as before', () => {
  expect(measured('mae', errors(3, now(3))).test).toMatchObject({ kind: 'days', blocks: 28 });
});

it('given a window that begins in the middle of the weeks since, then the week that the baseline ends in is no block', () => {
  const days = errors(4, () => 1).slice(baselineDays);
  const span = { from: plusDays(since, 24), to: plusDays(since, 31) };
  expect(windowsOfDays(days, 7, span, since).map((block) => block.map(({ day }) => day.slice(5)))).toEqual([
    ['02-15', '02-16', '02-17', '02-18', '02-19', '02-20', '02-21'],
    ['02-08', '02-09', '02-10', '02-11', '02-12', '02-13', '02-14'],
    ['02-01', '02-02', '02-03', '02-04', '02-05', '02-06', '02-07'],
  ]);
});

it.each<MetricName>(['rocAuc', 'accuracy', 'f1', 'logLoss'])(
  'given customers, when %s falls, then blocks since the baseline make it surer, and a model that stays is not alarmed about',
  (metric) => {
    const of = outcomeScale(customerGrid, '1');
    const made = (skill: (day: number) => number) =>
      customers({ seed: 5, first: 0, days: baselineDays + 70, skill }).flatMap(({ day, outcomes }) =>
        outcomes ? [{ day, outcomes }] : [],
      );
    const pOf = (days: readonly OutcomeDay[], known: boolean) => {
      const { test } = measured(metric, days, { of, known });
      return test.kind === 'none' ? Number.NaN : test.pValue;
    };
    const fallen = made((day) => (day >= baselineDays + 63 ? 0.6 : 1));
    expect(pOf(fallen, true)).toBeLessThan(1 / 360);
    expect(pOf(fallen, true)).toBeLessThan(pOf(fallen, false));
    expect(
      pOf(
        made(() => 1),
        true,
      ),
    ).toBeGreaterThan(0.01);
  },
);
