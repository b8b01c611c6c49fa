import { describe, expect, it } from 'vitest';
import { measureUnlabelled } from '../../domain/drift/measure-unlabelled.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import { assess } from '../../domain/report/assess.ts';
import type { AssessmentInput } from '../../domain/report/assessment-input.ts';
import type { Signal } from '../../domain/report/report.ts';
import { checkOf, policyOf, type Row } from './watched-model.ts';

const start = Date.UTC(2011, 0, 1);

/** Fifty predictions a day; of each so many the last has no outcome. */
function days(from: number, count: number, oneIn: number): Row[] {
  return Array.from({ length: count * 50 }, (_, index) => {
    const day = new Date(start + (from + Math.floor(index / 50)) * 86_400_000).toISOString().slice(0, 10);
    const row = { day, values: { temp: index % 17 }, prediction: index % 10 };
    return index % oneIn === oneIn - 1 ? row : { ...row, label: (index % 10) + (index % 3) };
  });
}

const matured = policyOf({ labels: { maturesAfterDays: 3 } });
const check = (past: number, now: number, policy: Policy = matured) => checkOf(days(0, 84, past), days(84, 7, now), policy);
const signalOf = (input: AssessmentInput): Signal | undefined => assess(input).signals.find(({ statistic }) => statistic === 'unlabelled');

describe('given predictions whose labels have matured', () => {
  it('when as many as ever have no outcome, then that passes', () => {
    expect(signalOf(check(5, 5))).toMatchObject({ outcome: 'pass', statistics: { share: 0.2, shareInBaseline: 0.2 } });
  });

  it('when ten points more have none, then it fails, and tells how many outcomes found no prediction', () => {
    const input = check(50, 5);
    expect(signalOf({ ...input, anomalies: { orphan: 1200 } })).toMatchObject({
      layer: 'quality',
      subject: 'outcomes',
      outcome: 'fail',
      threshold: 0.1,
      policyPath: '/watch/effects/unlabelledPoints',
      statistics: { share: 0.2, shareInBaseline: 0.02, orphans: 1200 },
      says: expect.stringContaining('1,200 outcomes found no prediction in time.'),
    });
  });

  it('when few ever have one, then half as many is far enough', () => {
    const oneInTen = (rows: readonly Row[]) => rows.map((row, index): Row => (index % 10 === 0 ? { ...row, label: 1 } : { ...row }));
    const none = (rows: readonly Row[]) => rows.map(({ day, values, prediction }) => ({ day, values, prediction }));
    const input = checkOf(
      oneInTen(none(days(0, 84, 2))),
      none(days(84, 7, 2)),
      policyOf({ labels: { maturesAfterDays: 3, absentMeans: 0 } }),
    );
    expect(signalOf(input)).toMatchObject({ outcome: 'fail', threshold: expect.closeTo(0.05, 9), value: expect.closeTo(0.1, 9) });
  });

  it('when the policy sets another threshold, then that one holds', () => {
    const effects = { unlabelledPoints: 0.3 };
    expect(signalOf(check(50, 5, policyOf({ labels: { maturesAfterDays: 3 }, watch: { effects } })))?.outcome).toBe('pass');
  });
});

describe('given no ground for expecting outcomes', () => {
  it('when the policy does not say when labels mature, or names no outcomes, or production has no past, then nothing is measured', () => {
    expect(measureUnlabelled(check(50, 5, policyOf()))).toBeUndefined();
    expect(measureUnlabelled(check(50, 5, { ...matured, sources: { predictions: { from: 'gateway' } } }))).toBeUndefined();
    const { baseline, ...rest } = check(50, 5);
    expect(
      measureUnlabelled({ ...rest, ...(baseline && { baseline: { ...baseline, body: { ...baseline.body, from: 'held-out' } } }) }),
    ).toBeUndefined();
  });
});
