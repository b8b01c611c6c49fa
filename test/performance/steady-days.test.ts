import { describe, expect, it } from 'vitest';
import type { LevelRules } from '../../domain/performance/assess-levels.ts';
import { assessLevels } from '../../domain/performance/assess-levels.ts';
import { outcomeScale } from '../../domain/performance/outcome-scale.ts';
import { steadyDays } from '../../domain/performance/steady-days.ts';
import { normals } from '../gates/rows.ts';
import { customerGrid, customers } from './customers.ts';
import { daysOf, scale } from './outcome-days.ts';

const rules: LevelRules = {
  metric: 'mae',
  drop: { by: 0.25, of: 'relative' },
  sudden: { by: 0.4, of: 'relative' },
  scale,
  windowDays: 7,
  season: 'none',
  level: 1 / 360,
};
const normal = normals(4);
const around = (mean: number, days: number) => Array.from({ length: days }, () => mean + 0.7 * normal());
const anchor = daysOf('2011-01-01', around(30, 28));

describe('given a baseline of four weeks', () => {
  it('when later days are like it, then the newest four weeks are the reference', () => {
    const later = daysOf('2011-01-29', around(30, 40));
    const { days: steady } = steadyDays(rules, anchor, later.toReversed());
    expect(steady.map(({ day }) => day).sort()).toEqual(later.slice(-28).map(({ day }) => day));
  });

  it('when the error doubles and stays, then no such day ever enters, and the days before keep their place', () => {
    const later = daysOf('2011-01-29', [...around(30, 14), ...around(60, 60)]);
    const { days: steady } = steadyDays(rules, anchor, later);
    expect(Math.max(...steady.map(({ outcomes }) => Number(outcomes.absoluteError) / 100_000))).toBeLessThan(40);
    expect(steady.at(-1)?.day).toBe('2011-02-11');
    expect(steady).toHaveLength(28);
  });

  it('when the error grows by .5% a week, then sudden never sees it, and the frozen anchor does', () => {
    const growing = around(30, 350).map((error, day) => error * 1.005 ** (day / 7));
    const later = daysOf('2011-01-29', growing);
    const [earlier, window] = [later.slice(0, -7), later.slice(-7)];
    const { days: steady } = steadyDays(rules, anchor, earlier);
    const { signals } = assessLevels(rules, { anchor, steady, window }, []);
    expect(signals.map(({ statistic, outcome }) => [statistic, outcome])).toEqual([
      ['drop', 'fail'],
      ['sudden', 'pass'],
    ]);
  });

  it('when the error rises by half in a day, then sudden says so against the days before, not against the anchor', () => {
    const later = daysOf('2011-01-29', [...around(25, 50), ...around(37.5, 1)]);
    const { days: steady } = steadyDays(rules, anchor, later.slice(0, -7));
    const sudden = assessLevels(rules, { anchor, steady, window: later.slice(-7) }, []).signals[1];
    expect(sudden).toMatchObject({ statistic: 'sudden', outcome: 'fail', policyPath: '/performance/sudden' });
    expect(sudden?.reference).toBeCloseTo(25, 0);
    expect(sudden?.says).toMatch(/^Mean error of the newest days 3[678](\.\d)?, steady days 2[45](\.\d)?: \+\d+(\.\d)?% \(alarm at 40%\)/);
  });

  it('when there is no baseline, then there is no reference', () => {
    expect(steadyDays(rules, [], daysOf('2011-01-29', around(30, 20))).days).toEqual([]);
  });
});

it('given an area under a curve, when scores stop to tell anything, then no such day enters, and sudden holds against the days before', () => {
  const areas: LevelRules = {
    metric: 'rocAuc',
    drop: { by: 0.03, of: 'relative' },
    sudden: { by: 0.05, of: 'relative' },
    scale: outcomeScale(customerGrid, '1'),
    windowDays: 7,
    season: 'none',
    level: 1 / 360,
  };
  const days = customers({ seed: 1, first: 0, days: 105, skill: (day) => (day < 63 ? 1 : 0) }).flatMap(({ day, outcomes }) =>
    outcomes ? [{ day, outcomes }] : [],
  );
  const { days: steady } = steadyDays(areas, days.slice(0, 28), days.slice(28, 98));
  expect(steady).toHaveLength(28);
  expect(steady.filter(({ day }) => day >= '2024-03-06')).toEqual([]);
  const { signals } = assessLevels(areas, { anchor: days.slice(0, 28), steady, window: days.slice(98) }, []);
  expect(signals.map(({ statistic, outcome }) => [statistic, outcome])).toEqual([
    ['drop', 'fail'],
    ['sudden', 'fail'],
  ]);
});
