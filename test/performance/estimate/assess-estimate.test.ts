import { describe, expect, it } from 'vitest';
import type { Partition } from '../../../domain/ledger/entry.ts';
import { assessOutcomes } from '../../../domain/performance/assess-outcomes.ts';
import type { MetricName } from '../../../domain/policy/policy.ts';
import type { AssessmentInput } from '../../../domain/report/assessment-input.ts';
import type { Judgement } from '../../../domain/report/report.ts';
import { dayNumber, delayDays } from './delayed-check.ts';
import { checkScored, type Day, scoredDays } from './scored-world.ts';

const length = 175;
const knownDays = length - delayDays;
const estimateOf = (input: AssessmentInput): Judgement | undefined =>
  assessOutcomes(input, 0.002).find(({ statistic }) => statistic === 'estimate');
const world = (like: (day: number) => Day = () => ({})) => scoredDays(5, 0, length, like);
const steady = world();
const missingOf = (input: AssessmentInput) => {
  const estimate = estimateOf(input);
  expect(estimate?.outcome).toBe('inconclusive');
  expect(estimate?.says).toContain('not to be relied on, needs');
  return estimate?.missing;
};
const accuracyOf = (days: readonly Partition[]) =>
  days.reduce((sum, { outcomes }) => sum + (outcomes?.correct ?? 0), 0) / days.reduce((sum, { rows }) => sum + rows, 0);

describe('given a scored model whose labels come after 30 days', () => {
  it('when nothing changed, then the estimate is near the truth with its interval, and is no pass', () => {
    const estimate = estimateOf(checkScored(steady));
    const truth = accuracyOf(steady.slice(-7));
    expect(estimate).toMatchObject({ outcome: 'inconclusive', critical: false, missing: 'outcomes', policyPath: '/performance/drop' });
    expect(estimate?.says).toMatch(
      /^Accuracy before outcomes are known, estimated 0\.\d+ \[.*only outcomes can tell whether scores still mean/,
    );
    const [low, high] = estimate?.interval ?? [1, 0];
    expect(low < truth && truth < high).toBe(true);
    expect(high - low).toBeLessThan(0.05);
  });

  it('when the newest rows are much harder, then it fails before any of their labels is known, and is right', () => {
    const days = world((day) => (day >= length - 7 ? { hard: 0.8 } : {}));
    const estimate = estimateOf(checkScored(days));
    expect(estimate).toMatchObject({ outcome: 'fail', critical: false });
    expect(Math.abs((estimate?.value as number) - accuracyOf(days.slice(-7)))).toBeLessThan(0.02);
  });

  it('when another metric of the scores is watched, then that is estimated', () => {
    const days = world((day) => (day >= length - 7 ? { hard: 0.8 } : {}));
    const drops = { rocAuc: 0.05, f1: 0.05, balancedAccuracy: 0.05, brier: 0.5 } as const satisfies Partial<Record<MetricName, number>>;
    for (const [metric, drop] of Object.entries(drops) as [MetricName, number][]) {
      const estimate = estimateOf(checkScored(days, metric, drop));
      const truth = assessOutcomes(
        {
          ...checkScored(days, metric),
          maturedWindow: checkScored(days).window,
          windowDays: { inputs: [], matured: days.slice(-7), earlier: [] },
        },
        0.002,
      )[0]?.value;
      expect([metric, estimate?.outcome]).toEqual([metric, 'fail']);
      expect(Math.abs((estimate?.value as number) - (truth as number))).toBeLessThan(0.02);
    }
  });

  it('when labels do not wait, or a metric of scores is watched that nobody has, then nothing is estimated', () => {
    const input = checkScored(steady);
    const at = (changes: Partial<AssessmentInput['policy']>) => estimateOf({ ...input, policy: { ...input.policy, ...changes } });
    expect(at({ labels: { maturesAfterDays: 0 } })).toBeUndefined();
    const unscored = { ...input.policy.sources, predictions: { from: 'gateway' } } as const;
    expect(at({ sources: unscored, performance: { ...input.policy.performance, metric: 'rocAuc' } })).toBeUndefined();
  });
});

describe('given a sign that the estimate may be wrong', () => {
  it('when the newest outcomes are too old, then it abstains', () => {
    const unlabelled = steady.map((day, index) => (index < knownDays - 60 ? day : { ...day, outcomes: undefined as never }));
    const input = checkScored(
      steady,
      'accuracy',
      0.05,
      unlabelled.filter(({ outcomes }) => outcomes !== undefined),
    );
    expect(missingOf(input)).toContain('outcomes at most 60 days old; the newest are 90');
  });

  it('when the newest block has too few outcomes, then it abstains', () => {
    const few = world((day) => (day >= knownDays - 7 && day < knownDays ? { rows: 60 } : {}));
    expect(missingOf(checkScored(few))).toMatch(/500 outcomes in the newest block, 50 of each class; there are \d+ and \d+/);
  });

  it('when rates on the newest outcomes are off, or might be by half an alarm, then it abstains', () => {
    const bold = world((day) => (day >= knownDays - 7 ? { concept: (p) => 0.5 + (p - 0.5) * 0.8 } : {}));
    expect(missingOf(checkScored(bold))).toContain('a calibration error of at most 0.0226 on the newest outcomes; it may be 0.0');
    expect(missingOf(checkScored(steady, 'accuracy', 0.015))).toContain('a calibration error of at most 0.006');
  });

  it('when scores and outcomes of the newest block are not as before, then it abstains', () => {
    const turned = world((day) => (day >= knownDays - 7 ? { concept: (p) => Math.min(1, p + 0.08) } : {}));
    expect(missingOf(checkScored(turned))).toMatch(/newest outcomes like those before \(p = /);
  });

  it('when more than a tenth of the rows have scores that were not seen with outcomes, then it abstains', () => {
    const strange = world((day) => (day < knownDays ? { hard: 0 } : { hard: 0.6 }));
    expect(missingOf(checkScored(strange))).toMatch(
      /outcomes for scores like these; \d+(\.\d)?% of the rows have scores with fewer than 30/,
    );
  });

  it('when fewer than eight estimates were proved, then it abstains', () => {
    const { baseline, windowDays, ...late } = checkScored(steady);
    const since = (days: readonly Partition[]) => days.filter(({ day }) => day >= dayNumber(70));
    const input = { ...late, windowDays, ...(baseline && { baseline: { ...baseline, days: since(baseline.days) } }) };
    expect(missingOf(input)).toMatch(/8 estimates that outcomes have proved; there are [1-7]$/);
  });

  it('when past estimates were further from the truth than an alarm is, then it abstains', () => {
    const fickle = world((day) => (Math.floor(day / 7) % 2 === 1 && day < knownDays - 7 ? { concept: (p) => 0.5 + (p - 0.5) * 0.7 } : {}));
    expect(missingOf(checkScored(fickle))).toMatch(/estimates nearer to the truth than an alarm is; one in ten was off by 0\.\d+/);
  });
});
