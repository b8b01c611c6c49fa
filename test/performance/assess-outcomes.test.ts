import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { eventTime } from '../../domain/identity/event-time.ts';
import type { Partition } from '../../domain/ledger/entry.ts';
import { assessOutcomes } from '../../domain/performance/assess-outcomes.ts';
import type { MetricName, Policy } from '../../domain/policy/policy.ts';
import type { AssessmentInput } from '../../domain/report/assessment-input.ts';
import { checkOf, policyOf } from '../report/watched-model.ts';
import { customerGrid, customers } from './customers.ts';

function checkCustomers(metric: MetricName, matured: readonly Partition[], floor?: number): AssessmentInput {
  const files = { from: 'files', glob: '*', id: ['id'], time: 't', prediction: 'said', score: 'p' } as const;
  const policy: Policy = policyOf({
    task: { kind: 'classification', positive: '1' },
    sources: { predictions: files, outcomes: { from: 'files', glob: '*', id: ['id'], label: 'churned' } },
    performance: { metric, drop: { by: 0.03, of: 'relative' }, floor },
  });
  const input = checkOf([], [], policy);
  const span = { from: eventTime('2024-03-25'), to: eventTime('2024-04-01') };
  const baseline = input.baseline && { ...input.baseline, days: customers({ seed: 1, first: 0, days: 84, skill: () => 1 }) };
  return {
    ...input,
    grid: customerGrid,
    ...(baseline && { baseline }),
    maturedWindow: span,
    windowDays: { inputs: [], matured, earlier: [] },
    outcomesExpected: 1400,
  };
}

it('given every rule, when the documentation is read, then it tells of each statistic', () => {
  const told = ['statistics.md', 'policy.md'].map((page) => readFileSync(new URL(`../../docs/${page}`, import.meta.url), 'utf8')).join();
  const signals = assessOutcomes(checkCustomers('prAuc', customers({ seed: 2, first: 84, days: 7, skill: () => 1 }), 0.31), 0.002);
  const names = signals.flatMap(({ statistics }) => Object.keys(statistics)).filter((name) => !name.includes('/'));
  for (const name of names) expect(told).toContain(`\`${name.replace(/InBaseline$/, '').replace(/Percentile\d+/, 'Percentile25')}`);
});

describe('given a model that scores who will leave, watched by the area under its precision-recall curve', () => {
  it('when its scores are as good as they were, then all rules pass and drop tells every other figure', () => {
    const signals = assessOutcomes(checkCustomers('prAuc', customers({ seed: 2, first: 84, days: 7, skill: () => 1 }), 0.31), 0.002);
    expect(signals.map(({ statistic, outcome }) => [statistic, outcome])).toEqual([
      ['drop', 'pass'],
      ['sudden', 'pass'],
      ['floor', 'pass'],
      ['trend', 'pass'],
      ['change', 'pass'],
    ]);
    expect(Object.keys(signals[0]?.statistics ?? {})).toEqual(
      expect.arrayContaining([
        'rows',
        'accuracy',
        'balancedAccuracy',
        'recall/1',
        'matthews',
        'rocAuc',
        'gini',
        'logLoss',
        'brier',
        'labelledShare',
      ]),
    );
  });

  it('when its scores tell nothing any more, then it fails, below its floor as well, and the days are told to have changed; of a trend one week is none', () => {
    const gone = customers({ seed: 3, first: 84, days: 7, skill: () => 0 });
    const signals = assessOutcomes(checkCustomers('prAuc', gone, 0.31), 0.002);
    expect(signals.map(({ statistic, outcome }) => [statistic, outcome])).toEqual([
      ['drop', 'fail'],
      ['sudden', 'fail'],
      ['floor', 'fail'],
      ['trend', 'pass'],
      ['change', 'fail'],
    ]);
    expect(signals[0]?.says).toMatch(/^PR AUC 0\.\d+, anchor 0\.\d+: -[\d.]+% \(alarm at 3%\), p = /);
  });

  it('when the newest days hold few who left, then the sudden rule takes as many days as it needs', () => {
    const [drop, sudden] = assessOutcomes(checkCustomers('rocAuc', customers({ seed: 4, first: 84, days: 7, skill: () => 1 })), 0.002);
    expect(sudden?.outcome).toBe('pass');
    expect(sudden?.statistics.rows as number).toBeLessThan(drop?.statistics.rows as number);
  });
});
