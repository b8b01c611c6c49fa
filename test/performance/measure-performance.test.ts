import { describe, expect, it } from 'vitest';
import { cutGrid } from '../../domain/grid/cut-grid.ts';
import { canonicalJson } from '../../domain/identity/canonical-json.ts';
import type { ModelName } from '../../domain/identity/names.ts';
import { outcomeSums } from '../../domain/ledger/sum-outcomes.ts';
import { measureAll } from '../../domain/performance/measure-all.ts';
import { measurePerformance } from '../../domain/performance/measure-performance.ts';
import type { OutcomeDay } from '../../domain/performance/outcome-day.ts';
import { outcomeScale } from '../../domain/performance/outcome-scale.ts';
import { metricsOf, traitsOf } from '../../domain/policy/metric-traits.ts';
import type { MetricName } from '../../domain/policy/policy.ts';
import { seededRandom } from '../../domain/statistics/seeded-random.ts';

const names = ['bill', 'card', 'loan'];
const classGrid = cutGrid(
  'churn' as ModelName,
  [
    { name: 'p', role: 'score', kind: 'numeric', values: Array.from({ length: 101 }, (_, index) => index / 100) },
    { name: 'said', role: 'prediction', kind: 'categorical', values: names },
    ...names.map(
      (name) => ({ name, role: 'feature', kind: 'numeric', values: Array.from({ length: 101 }, (_, index) => index / 100) }) as const,
    ),
  ],
  [],
  { scores: Object.fromEntries(names.map((name) => [name, name])) },
);
const scale = outcomeScale(classGrid, 'card');

/** Days of three classes, said right as often as `skill` says, with a score that is calibrated when `skill` is 0.8. */
function classDays(seed: number, first: number, days: number, skill: number, rows = 100): OutcomeDay[] {
  const random = seededRandom(seed);
  return Array.from({ length: days }, (_, day) => {
    const sum = outcomeSums(classGrid, 'categorical', 'card')();
    for (let row = 0; row < rows; row += 1) {
      const truth = names[Math.floor(random() * 3)] as string;
      const said = random() < skill ? truth : (names[Math.floor(random() * 3)] as string);
      sum.add(said, truth, 1, said === 'card' ? 0.7 + random() * 0.29 : random() * 0.3, ({ column }) => (said === column ? 0.8 : 0.1));
    }
    return { day: new Date(Date.UTC(2024, 0, 1 + first + day)).toISOString().slice(0, 10), outcomes: sum.counts() };
  });
}

describe('given twelve weeks of classes and scores', () => {
  const past = classDays(1, 0, 84, 0.8);
  const same = classDays(2, 84, 7, 0.8);
  const worse = classDays(3, 84, 7, 0.5);

  it.each<MetricName>([...metricsOf('classification'), 'recall/loan', 'precision/card', 'f1/bill', 'rocAuc/bill', 'prAuc/loan'])(
    'when %s is measured and nothing changed, then it is not far from its anchor; when answers are worse, it is worse',
    (metric) => {
      const [calm, bad] = [same, worse].map((days) => measurePerformance(metric, scale, past, days, 7)) as [
        ReturnType<typeof measurePerformance>,
        ReturnType<typeof measurePerformance>,
      ];
      expect(calm).toMatchObject({ rows: 700, rowsInBaseline: 8400, test: { kind: 'blocks', blocks: 12 } });
      expect(calm).not.toHaveProperty('missing');
      expect(calm.test.kind === 'blocks' && calm.test.pValue).toBeGreaterThan(0.01);
      expect(bad.test.kind === 'blocks' && bad.test.pValue).toBeLessThan(0.001);
      const [low, high] = calm.interval ?? [Number.NaN, Number.NaN];
      expect(low).toBeLessThan(calm.value as number);
      expect(high).toBeGreaterThan(calm.value as number);
      const change = (bad.value as number) - (bad.reference as number);
      expect(traitsOf(metric).worse === 'larger' ? change : -change).toBeGreaterThan(0);
    },
  );

  it('when all figures are asked for, then they are those of a plain count over the rows, and no part of the days changes them', () => {
    const all = measureAll(
      same.map(({ outcomes }) => outcomes),
      scale,
    );
    const right = same.reduce((sum, { outcomes }) => sum + (outcomes.correct as number), 0);
    expect(all.accuracy).toBeCloseTo(right / 700, 12);
    expect(all.gini).toBeCloseTo(2 * (all.rocAuc as number) - 1, 12);
    expect(all['recall/card']).toBe(all.recall);
    expect(Object.keys(all)).toEqual(
      expect.arrayContaining(['macroPrecision', 'macroRecall', 'f1/loan', 'rocAucErrorBound', 'calibrationErrorOfEqualMass']),
    );
    expect(all).not.toHaveProperty('mae');
    expect(
      canonicalJson(
        measureAll(
          same.toReversed().map(({ outcomes }) => outcomes),
          scale,
        ),
      ),
    ).toBe(canonicalJson(all));
  });

  it('when there are fewer than ten positives, then what needs them says so', () => {
    const few = [1, 2].map((seed) => {
      const sum = outcomeSums(classGrid, 'categorical', 'card')();
      for (let row = 0; row < 50; row += 1) sum.add('bill', row < 4 ? 'card' : 'bill', 1, 0.1 * seed);
      return { day: `2024-05-0${seed}`, outcomes: sum.counts() };
    });
    expect(measurePerformance('rocAuc', scale, past, few, 7).missing).toBe(
      '10 outcomes of the positive class and 10 others, with a score; there are 8 and 92',
    );
    expect(measurePerformance('matthews', scale, past, few, 7).missing).toBe(
      '10 outcomes that are not of the commonest class; there are 8',
    );
    expect(measurePerformance('precision', scale, past, few, 7)).not.toHaveProperty('interval');
    expect(measurePerformance('recall', scale, past, few, 7)).toMatchObject({
      value: 0,
      interval: [0, expect.closeTo(1 - 0.025 ** (1 / 8), 9)],
    });
    expect(measurePerformance('accuracy', scale, past, few, 7)).not.toHaveProperty('missing');
  });

  it('when the baseline was counted before scores were, then there is no anchor to hold an area against', () => {
    const before = past.map(({ day, outcomes: { scores: _, ...outcomes } }) => ({ day, outcomes }));
    const measured = measurePerformance('rocAuc', scale, before, same, 7);
    expect(measured).not.toHaveProperty('reference');
    expect(measured.test.kind).toBe('none');
  });

  it('when one score is no probability, then ranks are still measured and losses are not', () => {
    const sum = outcomeSums(classGrid, 'categorical', 'card')();
    sum.add('card', 'card', 1, 2.5);
    const all = measureAll([...same.map(({ outcomes }) => outcomes), sum.counts()], scale);
    expect(all).toHaveProperty('rocAuc');
    for (const name of ['logLoss', 'brier', 'calibrationErrorOfEqualMass']) expect(all).not.toHaveProperty(name);
  });
});

it('given quantities, when all figures are asked for, then percentage errors leave out outcomes of 0 and R squared is against the mean', () => {
  const grid = cutGrid('demand' as ModelName, [{ name: 'y', role: 'prediction', kind: 'numeric', values: [0, 10, 20, 30, 40] }]);
  const sum = outcomeSums(grid, 'numeric')();
  for (const [said, was] of [
    [12, 10],
    [18, 20],
    [33, 30],
    [5, 0],
  ] as const)
    sum.add(said, was, 1);
  const all = measureAll([sum.counts()], outcomeScale(grid, undefined));
  expect(all.mape).toBeCloseTo((0.2 + 0.1 + 0.1) / 3, 5);
  expect(all.smape).toBeCloseTo((4 / 22 + 4 / 38 + 6 / 63 + 2) / 4, 5);
  expect(all.bias).toBeCloseTo(2, 2);
  expect(all.rSquared).toBeCloseTo(1 - 42 / 500, 3);
});
