import { describe, expect, it } from 'vitest';
import { assessAnswers } from '../../domain/gates/answers.ts';
import { combine } from '../../domain/gates/combine.ts';
import { figure } from '../../domain/gates/figure.ts';
import { type Judgement, judgeCandidate } from '../../domain/gates/judge-candidate.ts';
import { assessMinimum } from '../../domain/gates/minimum.ts';
import type { ScoredRow } from '../../domain/gates/scored-row.ts';
import { summariseVerdict, tellVerdict } from '../../domain/gates/tell-verdict.ts';
import type { GateResult } from '../../domain/gates/verdict.ts';
import { verdictMetrics } from '../../domain/gates/verdict-metrics.ts';
import { canonicalJson } from '../../domain/identity/canonical-json.ts';
import type { DecisionId, Digest, ModelName, Version } from '../../domain/identity/names.ts';
import { asOf, hourlyRows, noisyErrors, scoredRows } from './rows.ts';

const judgement = (changes: Partial<Judgement> = {}): Judgement => ({
  model: 'bike-demand' as ModelName,
  decision: '2011-05-09T03:00:00.000Z-0123456789ab' as DecisionId,
  asOf,
  policy: 'p'.repeat(64) as Digest,
  gates: [
    { gate: 'minimum', metric: 'mae', value: 60 },
    { gate: 'not-worse', metric: 'mae', margin: { by: 0, of: 'relative' }, recentDays: 56 },
  ],
  candidate: { version: '4' as Version, rows: hourlyRows(30, noisyErrors(2, 15)), failures: 0 },
  champion: { rows: hourlyRows(30, noisyErrors(1, 30)) },
  championVersion: '3' as Version,
  madeFrom: ['p'.repeat(64) as Digest],
  ...changes,
});

describe('the verdict on a candidate', () => {
  it('given a good candidate, when it is judged, then every gate passes and the verdict is plain finite data', () => {
    const verdict = judgeCandidate(judgement());
    expect(verdict).toMatchObject({ outcome: 'pass', candidate: '4', champion: '3', rows: 720 });
    expect(verdict.gates.map(({ gate, outcome, policyPath }) => [gate, outcome, policyPath])).toEqual([
      ['answers', 'pass', '/gates'],
      ['minimum', 'pass', '/gates/0'],
      ['not-worse', 'pass', '/gates/1'],
    ]);
    expect(JSON.parse(canonicalJson(verdict))).toEqual(verdict);
  });

  it('given labels that were shuffled, when it is judged, then it is refused for both figures', () => {
    const verdict = judgeCandidate(
      judgement({ candidate: { version: '4' as Version, rows: hourlyRows(30, noisyErrors(2, 150)), failures: 0 } }),
    );
    expect(verdict.gates.map(({ outcome }) => outcome)).toEqual(['pass', 'fail', 'fail']);
    expect(verdict.outcome).toBe('fail');
    expect(summariseVerdict(verdict)).toMatch(/^Version 4 refused \(minimum\): mae [\d.]+ on 720 rows, at most 60 asked\.$/);
  });

  it('given a candidate that answers too few rows, when it is judged, then it is refused whatever it answered', () => {
    const { candidate } = judgement();
    expect(judgeCandidate(judgement({ candidate: { ...candidate, failures: 8 } })).outcome).toBe('fail');
    expect(judgeCandidate(judgement({ candidate: { ...candidate, failures: 7 } })).outcome).toBe('pass');
  });

  it('given answers that are no numbers, when it is judged, then they count as unanswered', () => {
    const { candidate } = judgement();
    const rows = candidate.rows.map((row, i) => (i < 8 ? { ...row, prediction: 'many' } : row));
    const verdict = judgeCandidate(judgement({ candidate: { ...candidate, rows } }));
    expect(verdict.gates[0]).toMatchObject({ gate: 'answers', outcome: 'fail', candidate: 8 / 720 });
  });

  it('given no rows at all, when it is judged, then nothing is proven', () => {
    const verdict = judgeCandidate(judgement({ candidate: { version: '4' as Version, rows: [], failures: 0 } }));
    expect(verdict.outcome).toBe('inconclusive');
  });

  it('given a first model, when it is judged, then no champion stands in the verdict', () => {
    const { championVersion: _, ...first } = judgement({ champion: 'none' });
    const verdict = judgeCandidate(first);
    expect(verdict.outcome).toBe('pass');
    expect('champion' in verdict).toBe(false);
  });

  it('given a verdict, when it is told, then every gate is a line and its figures are metrics', () => {
    const verdict = judgeCandidate(judgement());
    const text = tellVerdict(verdict);
    for (const { says } of verdict.gates) expect(text).toContain(says);
    expect(text).toContain('# bike-demand version 4: passed');
    expect(Object.keys(verdictMetrics(verdict))).toContain('gate/not-worse/mae/difference');
  });
});

describe('a classifier that answers scores', () => {
  const classifier = (rows: readonly ScoredRow[], changes: Partial<Judgement> = {}) =>
    judgeCandidate(
      judgement({
        gates: [
          { gate: 'minimum', metric: 'accuracy', value: 0.7 },
          { gate: 'minimum', metric: 'f1', value: 0.5 },
          { gate: 'minimum', metric: 'rocAuc', value: 0.75 },
          { gate: 'minimum', metric: 'brier', value: 0.2 },
          { gate: 'not-worse', metric: 'rocAuc', margin: { by: 0.01, of: 'points' }, recentDays: 60 },
        ],
        positive: 'true',
        candidate: { version: '4' as Version, rows, failures: 0 },
        champion: { rows: scoredRows(2, 60, 0.6) },
        ...changes,
      }),
    ).gates;
  const outcomes = (gates: readonly GateResult[]) => gates.map(({ outcome }) => outcome);

  it('given a good one, when it is judged, then every minimum is met and it is no worse than the champion', () => {
    const gates = classifier(scoredRows(1, 60, 0.9));
    expect(outcomes(gates)).toEqual(['pass', 'pass', 'pass', 'pass', 'pass', 'pass']);
    expect(gates[3]?.says).toMatch(/^rocAuc 0\.\d+ on 1440 rows, at least 0\.75 asked\.$/);
    expect(gates[5]?.interval?.[1]).toBeLessThan(0);
    expect(JSON.parse(canonicalJson(gates))).toEqual(gates);
  });

  it('given one that guesses, when it is judged, then it fails by F1, area and Brier score, and against the champion', () => {
    expect(outcomes(classifier(scoredRows(1, 60, 0))).slice(2)).toEqual(['fail', 'fail', 'fail', 'fail']);
  });

  it('given classes without scores, when it is judged, then the rest is judged and what is missing is said', () => {
    const gates = classifier(scoredRows(1, 60, 0.9).map(({ score: _, ...row }) => row));
    expect(outcomes(gates)).toEqual(['pass', 'pass', 'pass', 'inconclusive', 'inconclusive', 'inconclusive']);
    expect(gates[5]?.missing).toMatch(/^scores: the version is to answer/);
  });

  it('given scores in some answers only, or scores that are no probability, when it is judged, then those rows count as unanswered', () => {
    const spoilt = (score: { score?: number }) =>
      scoredRows(1, 60, 0.9).map(({ score: held, ...row }, index) => ({
        ...row,
        ...(index % 50 === 0 ? score : { score: held as number }),
      }));
    expect(classifier(spoilt({}))[0]).toMatchObject({ gate: 'answers', outcome: 'fail', candidate: 29 / 1440 });
    expect(classifier(spoilt({ score: 1.2 }))[0]).toMatchObject({ gate: 'answers', outcome: 'fail', candidate: 29 / 1440 });
  });

  it('given nine positives, when it is judged, then kinds are asked for', () => {
    let positives = 0;
    const rows = scoredRows(1, 60, 0.9).filter(({ label }) => label === 0 || ++positives < 10);
    const gates = classifier(rows);
    expect(outcomes(gates).slice(1)).toEqual(['pass', 'inconclusive', 'inconclusive', 'inconclusive', 'inconclusive']);
    expect(gates[3]?.missing).toBe('10 outcomes of the positive class and 10 others, with a score');
    expect(gates[2]?.missing).toBe('10 outcomes that are not of the commonest class');
  });
});

describe('the parts of a verdict', () => {
  it.each([
    [['pass', 'fail', 'inconclusive'], 'fail'],
    [['pass', 'inconclusive'], 'inconclusive'],
    [['pass', 'pass'], 'pass'],
    [[], 'inconclusive'],
  ] as const)('given %j, when they are combined, then the whole is %s', (outcomes, whole) => {
    expect(combine(outcomes)).toBe(whole);
  });

  it('given exactly one failure in a hundred rows, when answers are assessed, then it is tolerated', () => {
    expect([assessAnswers(100, 1).outcome, assessAnswers(100, 2).outcome]).toEqual(['pass', 'fail']);
  });

  it('given an accuracy, when the minimum is assessed, then more is better', () => {
    const rows = hourlyRows(5, () => 0).map((row, i) => ({ ...row, label: 'a', prediction: i % 4 === 0 ? 'b' : 'a' }));
    const minimum = (value: number) => assessMinimum({ gate: 'minimum', metric: 'accuracy', value }, rows, '/gates/0');
    expect(minimum(0.75)).toMatchObject({ outcome: 'pass', candidate: 0.75, rows: 120 });
    expect(minimum(0.76).outcome).toBe('fail');
  });

  it('given forty-nine rows, when the minimum is assessed, then one more is asked for', () => {
    const result = assessMinimum({ gate: 'minimum', metric: 'mae', value: 9 }, hourlyRows(3, () => 1).slice(0, 49), '/gates/0');
    expect(result).toMatchObject({ outcome: 'inconclusive', missing: '1 more rows' });
  });

  it.each([
    [0, '0'],
    [41.23456, '41.23'],
    [-0.0012347, '-0.001235'],
    [1234567.89, '1,234,568'],
    [0.00001234, '1.23e-5'],
  ])('given %d, when it is told, then it reads %s', (value, text) => {
    expect(figure(value)).toBe(text);
  });
});
