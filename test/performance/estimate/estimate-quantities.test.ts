import { describe, expect, it } from 'vitest';
import type { ErrorCells, Partition } from '../../../domain/ledger/entry.ts';
import { assessOutcomes } from '../../../domain/performance/assess-outcomes.ts';
import { comparisonOf } from '../../../domain/performance/comparison.ts';
import { measureProxies } from '../../../domain/performance/estimate/measure-proxies.ts';
import { outcomeScale } from '../../../domain/performance/outcome-scale.ts';
import type { MetricName } from '../../../domain/policy/policy.ts';
import type { AssessmentInput } from '../../../domain/report/assessment-input.ts';
import { delayDays } from './delayed-check.ts';
import { checkQuantities, type QuantityDay, quantityDays, quantityGrid } from './quantity-world.ts';

const length = 175;
const knownDays = length - delayDays;
const world = (like: (day: number) => QuantityDay = () => ({})) => quantityDays(3, length, like);
const steady = world();
const estimateOf = (input: AssessmentInput) => assessOutcomes(input, 0.002).find(({ statistic }) => statistic === 'estimate');
const truthOf = (metric: MetricName, days: readonly Partition[]) =>
  comparisonOf(metric, outcomeScale(quantityGrid, undefined)).metricOf(days.slice(-7).flatMap(({ outcomes }) => outcomes ?? [])) as number;
const missingOf = (input: AssessmentInput) => {
  const estimate = estimateOf(input);
  expect(estimate?.outcome).toBe('inconclusive');
  expect(estimate?.says).toContain('not to be relied on, needs');
  return estimate?.missing;
};

describe.each(['mae', 'rmse'] as const)('given a regression whose labels come after 30 days, watched by %s', (metric) => {
  it('when nothing changed, then the estimate is near the truth with its interval, and is no pass', () => {
    const estimate = estimateOf(checkQuantities(steady, metric));
    expect(estimate).toMatchObject({ outcome: 'inconclusive', critical: false, missing: 'outcomes', policyPath: '/performance/drop' });
    expect(estimate?.says).toMatch(/only outcomes can tell whether predictions still mean what they meant\.$/);
    const [low, high] = estimate?.interval ?? [1, 0];
    const truth = truthOf(metric, steady);
    expect(low < truth && truth < high).toBe(true);
    expect((high - low) / truth).toBeLessThan(0.1);
  });

  it('when the newest rows are larger and so harder, then it fails before any of their labels is known, and is right', () => {
    const days = world((day) => (day >= length - 7 ? { level: 140 } : {}));
    const estimate = estimateOf(checkQuantities(days, metric));
    expect(estimate).toMatchObject({ outcome: 'fail', critical: false });
    expect(Math.abs((estimate?.value as number) / truthOf(metric, days) - 1)).toBeLessThan(0.03);
  });

  it('when rows of the same size are harder than they were, seen in the newest outcomes, then it abstains and does not reassure', () => {
    const days = world((day) => (day >= knownDays - 7 ? { errorOf: (said) => said / 7 } : {}));
    expect(missingOf(checkQuantities(days, metric))).toMatch(
      /newest outcomes like those before \(p = .*newest errors by column.* load \(p = /,
    );
  });

  it('when that is not seen yet, then it says what it cannot know', () => {
    const days = world((day) => (day >= length - 7 ? { errorOf: (said) => said / 7 } : {}));
    const estimate = estimateOf(checkQuantities(days, metric));
    expect(estimate).toMatchObject({ outcome: 'inconclusive', missing: 'outcomes' });
  });
});

describe('given a sign that it may be wrong', () => {
  it('when errors only moved between sizes, and are the same in all, then it abstains', () => {
    const turned = (said: number) => Math.max(0, 20 - said / 10);
    const days = world((day) => (day >= knownDays - 7 ? { errorOf: turned } : {}));
    expect(missingOf(checkQuantities(days, 'mae', { drop: 0.5 }))).toContain('newest outcomes like those before');
  });

  it('when there are few outcomes, or none of sizes like these, then it abstains', () => {
    const few = world((day) => (day >= knownDays - 7 && day < knownDays ? { rows: 60 } : {}));
    expect(missingOf(checkQuantities(few))).toContain('500 outcomes in the newest block; there are 420');
    const strange = world((day) => (day >= length - 7 ? { level: 330 } : {}));
    expect(missingOf(checkQuantities(strange))).toMatch(
      /outcomes for predictions like these; \d+(\.\d)?% of the rows have predictions with fewer than 30/,
    );
  });

  it('when the newest outcomes are too old, or past estimates were further off than an alarm is, then it abstains', () => {
    const labelled = steady.slice(0, knownDays - 60);
    expect(missingOf(checkQuantities(steady, 'mae', {}, labelled))).toContain('outcomes at most 60 days old; the newest are 90');
    const fickle = world((day) => (Math.floor(day / 7) % 2 === 1 && day < knownDays - 7 ? { errorOf: (said) => said / 6 } : {}));
    expect(missingOf(checkQuantities(fickle))).toMatch(/estimates nearer to the truth than an alarm is; one in ten was off by \d/);
  });
});

it('given two windows of harder rows whose outcomes came, then the record tells that estimate, inputs and predictions had warned of both', () => {
  const record = measureProxies(checkQuantities(world((day) => (day >= 124 && day < 138 ? { level: 140 } : {}))));
  expect(record).toMatchObject({ windows: 9, degraded: 2 });
  expect(record?.proxies.map(({ proxy, warned, warnedOfOthers }) => [proxy, warned, warnedOfOthers])).toEqual([
    ['estimate', 2, 0],
    ['inputs', 2, 0],
    ['predictions', 2, 0],
  ]);
});

it('given a day that an older program counted, without squared errors by cell, then the mean error is estimated and its root mean square without it', () => {
  const old = steady.map(({ errors = {}, ...day }) => {
    const { squared: _, ...said } = errors.said as ErrorCells;
    return { ...day, errors: { ...errors, said } };
  });
  expect(estimateOf(checkQuantities(old))?.outcome).toBe('inconclusive');
  expect(estimateOf(checkQuantities(old, 'rmse'))).toBeUndefined();
  const mixed = steady.map((day, index) => (index === 120 ? (old[index] as Partition) : day));
  const estimate = estimateOf(checkQuantities(mixed, 'rmse'));
  expect(estimate?.statistics.outcomes).toBe(27 * 300);
  expect(Math.abs((estimate?.value as number) / truthOf('rmse', steady) - 1)).toBeLessThan(0.03);
});

describe('given days that are larger and harder on every Sunday, windows of one day, and the newest a Sunday', () => {
  const sundays = world((day) => ({ rows: 1500, ...(day % 7 === 6 ? { level: 140 } : {}) }));
  const checked = { windowDays: 1, drop: 0.08 } as const;

  it('when no season is named, then it warns of what every Sunday is', () => {
    expect(estimateOf(checkQuantities(sundays, 'mae', checked))?.outcome).toBe('fail');
  });

  it('when weekdays are told apart, then it is held against Sundays and is quiet, and warns of one that is harder still', () => {
    const weekday = { ...checked, season: 'weekday' } as const;
    const estimate = estimateOf(checkQuantities(sundays, 'mae', weekday));
    expect(estimate).toMatchObject({ outcome: 'inconclusive', missing: 'outcomes' });
    expect(Math.abs((estimate?.reference as number) / 11 - 1)).toBeLessThan(0.1);
    const harder = sundays.with(-1, { ...(quantityDays(8, length, () => ({ level: 160, rows: 1500 })).at(-1) as Partition) });
    expect(estimateOf(checkQuantities(harder, 'mae', weekday))?.outcome).toBe('fail');
  });
});
