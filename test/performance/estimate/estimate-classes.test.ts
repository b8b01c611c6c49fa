import { describe, expect, it } from 'vitest';
import type { Partition } from '../../../domain/ledger/entry.ts';
import { assessOutcomes } from '../../../domain/performance/assess-outcomes.ts';
import { comparisonOf } from '../../../domain/performance/comparison.ts';
import { measureProxies } from '../../../domain/performance/estimate/measure-proxies.ts';
import { outcomeScale } from '../../../domain/performance/outcome-scale.ts';
import type { MetricName } from '../../../domain/policy/policy.ts';
import type { AssessmentInput } from '../../../domain/report/assessment-input.ts';
import { answerGrid, type ClassDay, checkClasses, classDays, classGrid } from './class-world.ts';
import { delayDays } from './delayed-check.ts';

const length = 175;
const knownDays = length - delayDays;
const estimateOf = (input: AssessmentInput) => assessOutcomes(input, 0.002).find(({ statistic }) => statistic === 'estimate');
const worldOf = (grid: typeof classGrid) => (like?: (day: number) => ClassDay) => classDays(4, length, like, grid);
const truthOf = (metric: MetricName, days: readonly Partition[]) =>
  comparisonOf(metric, outcomeScale(classGrid, undefined)).metricOf(days.slice(-7).flatMap(({ outcomes }) => outcomes ?? [])) as number;
const missingOf = (input: AssessmentInput) => {
  const estimate = estimateOf(input);
  expect(estimate?.outcome).toBe('inconclusive');
  expect(estimate?.says).toContain('not to be relied on, needs');
  return estimate?.missing;
};

describe('given three classes with a score each, whose labels come after 30 days', () => {
  const world = worldOf(classGrid);
  const steady = world();
  const hard = world((day) => (day >= length - 7 ? { hard: 0.8 } : {}));
  const drops = {
    accuracy: 0.05,
    macroF1: 0.05,
    balancedAccuracy: 0.05,
    matthews: 0.1,
    'recall/pro': 0.1,
    logLoss: 0.3,
    brier: 0.3,
    'rocAuc/pro': 0.05,
  } as const satisfies Partial<Record<MetricName, number>>;
  const metrics = Object.entries(drops) as [MetricName, number][];

  it.each(metrics.filter(([metric]) => ['accuracy', 'macroF1', 'logLoss'].includes(metric)))(
    'when nothing changed, then %s is estimated near the truth, and is no pass',
    (metric, drop) => {
      const estimate = estimateOf(checkClasses(steady, metric, drop));
      expect(estimate).toMatchObject({ outcome: 'inconclusive', critical: false, missing: 'outcomes' });
      expect(Math.abs((estimate?.value as number) - truthOf(metric, steady))).toBeLessThan(0.02);
    },
  );

  it.each(metrics)(
    'when the newest rows are much harder, then %s fails before any of their labels is known, and is right',
    (metric, drop) => {
      const estimate = estimateOf(checkClasses(hard, metric, drop));
      expect(estimate).toMatchObject({ outcome: 'fail', critical: false });
      expect(estimate?.says).toMatch(/, if scores mean what they meant\.$/);
      expect(Math.abs((estimate?.value as number) - truthOf(metric, hard))).toBeLessThan(0.02);
    },
  );

  it('when scores do not mean what they meant, seen in the newest outcomes, then it abstains and does not reassure', () => {
    const turned = world((day) => (day >= knownDays - 7 ? { turned: 0.2 } : {}));
    const missing = missingOf(checkClasses(turned));
    expect(missing).toMatch(/a calibration error of at most 0\.021 on the newest outcomes; it may be 0\.\d+/);
    expect(missing).toMatch(/newest outcomes like those before \(p = /);
  });

  it('when the newest block has too few of a class that the metric weighs, then it abstains', () => {
    const none = world((day) => (day >= knownDays - 7 && day < knownDays ? { mix: [1, 0, 0], hard: 0.05, rows: 90 } : {}));
    expect(missingOf(checkClasses(none, 'macroF1'))).toMatch(/500 outcomes in the newest block, 50 of each class; there are 630 and \d+/);
    expect(missingOf(checkClasses(none, 'recall/pro'))).toMatch(/50 of pro and of all others; there are 630 and \d+/);
  });

  it('when two windows were hard and their outcomes came, then the record tells that the estimate had warned of both', () => {
    const record = measureProxies(checkClasses(world((day) => (day >= 124 && day < 138 ? { hard: 0.8 } : {}))));
    expect(record).toMatchObject({ windows: 9, degraded: 2 });
    expect(record?.proxies[0]).toEqual({ proxy: 'estimate', degraded: 2, warned: 2, others: 7, warnedOfOthers: 0 });
  });
});

describe('given three classes of which only the predicted one is known', () => {
  const world = worldOf(answerGrid);
  const check = (days: readonly Partition[], metric: MetricName, drop = 0.05) => checkClasses(days, metric, drop, answerGrid);

  it('when nothing changed, then what was predicted is as right as it was, and is no pass', () => {
    const steady = world();
    for (const metric of ['accuracy', 'macroF1', 'balancedAccuracy'] as const) {
      const estimate = estimateOf(check(steady, metric));
      expect(estimate).toMatchObject({ outcome: 'inconclusive', missing: 'outcomes' });
      expect(Math.abs((estimate?.value as number) - truthOf(metric, steady))).toBeLessThan(0.02);
    }
  });

  it('when nearly all are of the class that is answered worst, then it fails before their labels are known', () => {
    const mixed = world((day) => (day >= length - 7 ? { mix: [0.05, 0.05, 0.9] } : {}));
    const estimate = estimateOf(check(mixed, 'macroF1'));
    expect(estimate).toMatchObject({ outcome: 'fail', critical: false });
    expect(Math.abs((estimate?.value as number) - truthOf('macroF1', mixed))).toBeLessThan(0.04);
  });

  it('when rows are harder and predicted as often, then it does not see that, and says what it cannot know', () => {
    const hard = world((day) => (day >= length - 7 ? { hard: 0.8 } : {}));
    expect(estimateOf(check(hard, 'accuracy'))).toMatchObject({ outcome: 'inconclusive', missing: 'outcomes' });
  });

  it('when answers are wrong more often, seen in the newest outcomes, then it abstains', () => {
    const turned = world((day) => (day >= knownDays - 7 ? { turned: 0.2 } : {}));
    expect(missingOf(check(turned, 'accuracy'))).toMatch(/newest outcomes like those before \(p = /);
  });
});
