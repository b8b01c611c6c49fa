import { describe, expect, it } from 'vitest';
import { cutGrid } from '../../domain/grid/cut-grid.ts';
import type { ModelName } from '../../domain/identity/names.ts';
import type { Answer } from '../../domain/ledger/outcome-sum.ts';
import { outcomeSums } from '../../domain/ledger/sum-outcomes.ts';
import { comparisonOf } from '../../domain/performance/comparison.ts';
import { measureAll } from '../../domain/performance/measure-all.ts';
import { areaUnderRoc, gini } from '../../domain/performance/metrics/area-under-roc.ts';
import { averagePrecision } from '../../domain/performance/metrics/average-precision.ts';
import { balancedAccuracy } from '../../domain/performance/metrics/balanced-accuracy.ts';
import { calibrationErrorOfEqualMass, calibrationErrorOfEqualWidth } from '../../domain/performance/metrics/calibration-error.ts';
import { classTotals } from '../../domain/performance/metrics/class-totals.ts';
import { logLoss } from '../../domain/performance/metrics/log-loss.ts';
import { matthewsCorrelation } from '../../domain/performance/metrics/matthews-correlation.ts';
import { absolutePercentageError, symmetricPercentageError } from '../../domain/performance/metrics/percentage-errors.ts';
import { macroPrecisionRecallF1, precisionRecallF1 } from '../../domain/performance/metrics/precision-recall-f1.ts';
import { outcomeScale } from '../../domain/performance/outcome-scale.ts';
import { clopperPearson } from '../../domain/statistics/clopper-pearson.ts';
import { jackknifeInterval } from '../../domain/statistics/jackknife-interval.ts';
import { ratioInterval } from '../../domain/statistics/ratio-interval.ts';
import type { RatioSums } from '../../domain/statistics/ratio-sums.ts';
import { scikitLearn } from './scikit-learn.ts';
import { vectors } from './vectors.ts';

function totalsOf(truth: readonly number[], said: readonly number[]) {
  const classes = [...new Set([...truth, ...said])].sort((a, b) => a - b);
  return classTotals(classes.map((t) => classes.map((p) => truth.filter((value, row) => value === t && said[row] === p).length)));
}

/** The metrics of rows that the ledger has counted. */
function measured(answers: 'numeric' | 'categorical', truth: readonly Answer[], said: readonly Answer[]) {
  const sample =
    answers === 'numeric'
      ? ({ name: 'y', role: 'prediction', kind: answers, values: said.map(Number) } as const)
      : ({ name: 'y', role: 'prediction', kind: answers, values: said.map(String) } as const);
  const grid = cutGrid('golden' as ModelName, [sample]);
  const sum = outcomeSums(grid, answers)();
  for (const [row, outcome] of truth.entries()) sum.add(said[row] as Answer, outcome, 1);
  return measureAll([sum.counts()], outcomeScale(grid, undefined));
}

/** Each distinct score is a cell of its own. */
function cellsOf(outcomes: readonly number[], scores: readonly number[]) {
  const distinct = [...new Set(scores)].sort((a, b) => a - b);
  const count = (outcome: number) =>
    distinct.map((score) => scores.filter((value, row) => value === score && outcomes[row] === outcome).length);
  const [positives, negatives] = [count(1), count(0)];
  const sums = distinct.map((score, cell) => score * ((positives[cell] as number) + (negatives[cell] as number)));
  return { positives, negatives, scores: sums };
}

describe("given the examples of scikit-learn's documentation (sklearn.metrics, 1.5), then ours are equal", () => {
  it('accuracy_score', () => expect(measured('categorical', ['0', '1', '2', '3'], ['0', '2', '1', '3']).accuracy).toBe(0.5));

  it('balanced_accuracy_score', () => expect(balancedAccuracy(totalsOf([0, 1, 0, 0, 1, 0], [0, 1, 0, 0, 0, 1]))).toBe(0.625));

  it('precision_score, recall_score and f1_score: macro and per class', () => {
    const totals = totalsOf([0, 1, 2, 0, 1, 2], [0, 2, 1, 0, 0, 1]);
    const macro = macroPrecisionRecallF1(totals);
    expect(macro?.precision).toBeCloseTo(2 / 9, 12);
    expect(macro?.recall).toBeCloseTo(1 / 3, 12);
    expect(macro?.f1).toBeCloseTo(4 / 15, 12);
    expect([0, 1, 2].map((place) => precisionRecallF1(totals, place)?.f1)).toEqual([0.8, 0, 0]);
  });

  it('matthews_corrcoef', () => expect(matthewsCorrelation(totalsOf([1, 1, 1, -1], [1, -1, 1, 1]))).toBeCloseTo(-1 / 3, 12));

  it('roc_auc_score and average_precision_score', () => {
    const cells = cellsOf([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]);
    expect(areaUnderRoc(cells)).toEqual({ area: 0.75, errorBound: 0 });
    expect(gini(cells)).toBe(0.5);
    expect(averagePrecision(cells)).toBeCloseTo(5 / 6, 12);
  });

  it('log_loss', () => {
    const rows: [number, boolean][] = [
      [0.9, true],
      [0.1, false],
      [0.2, false],
      [0.65, true],
    ];
    expect(rows.reduce((sum, row) => sum + logLoss(...row) / 4, 0)).toBeCloseTo(0.21616, 5);
  });

  it('brier_score_loss, and log_loss again by the ledger', () => {
    const grid = cutGrid('golden' as ModelName, [{ name: 'p', role: 'score', kind: 'numeric', values: [0, 1] }]);
    const figures = (rows: readonly (readonly [number, string])[]) => {
      const sum = outcomeSums(grid, 'categorical', 'ham')();
      for (const [probability, outcome] of rows) sum.add('any', outcome, 1, probability);
      return measureAll([sum.counts()], outcomeScale(grid, 'ham'));
    };
    const spam = [0.1, 0.9, 0.8, 0.3].map((p, row) => [p, ['spam', 'ham', 'ham', 'spam'][row] as string] as const);
    expect(figures(spam).brier).toBeCloseTo(0.0375, 6);
    const told = [0.1, 0.9, 0.8, 0.35].map((p, row) => [p, ['spam', 'ham', 'ham', 'spam'][row] as string] as const);
    expect(figures(told).logLoss).toBeCloseTo(0.21616, 5);
  });

  it('mean_absolute_error, mean_squared_error, r2_score and mean_absolute_percentage_error, but for the rounding of a row', () => {
    const metrics = measured('numeric', [3, -0.5, 2, 7], [2.5, 0, 2, 8]);
    expect(metrics.mae).toBeCloseTo(0.5, 4);
    expect(metrics.rmse).toBeCloseTo(Math.sqrt(0.375), 4);
    expect(metrics.bias).toBeCloseTo(0.25, 4);
    expect(metrics.rSquared).toBeCloseTo(0.9486081370449679, 4);
    expect(metrics.mape).toBeCloseTo(0.3273809523809524, 6);
  });
});

it('given an outcome of 0, then it has no percentage error and a symmetric one of 2, or of 0 where it was foretold', () => {
  expect(absolutePercentageError(3, 0)).toBeUndefined();
  expect([symmetricPercentageError(3, 0), symmetricPercentageError(0, 0)]).toEqual([2, 0]);
  expect(symmetricPercentageError(110, 90)).toBeCloseTo(0.2, 12);
});

describe('the classes of scikit-learn', () => {
  const { names, label, prediction, expected } = scikitLearn.classes;
  const grid = cutGrid('golden' as ModelName, [{ name: 'y', role: 'prediction', kind: 'categorical', values: prediction }]);
  const sum = outcomeSums(grid, 'categorical')();
  for (const [row, outcome] of label.entries()) sum.add(prediction[row] as string, outcome, 1);
  const figures = ['precision', 'recall', 'f1'] as const;

  it.each(figures.flatMap((figure) => names.map((name) => [figure, name] as const)))('%s of %s is equal', (figure, name) => {
    const value = comparisonOf(`${figure}/${name}`, outcomeScale(grid, undefined)).metricOf([sum.counts()]);
    expect(value).toBeCloseTo(expected[figure][name] as number, 12);
  });

  it('macro F1 is equal, and micro F1 is accuracy', () => {
    const told = measureAll([sum.counts()], outcomeScale(grid, undefined));
    expect([told.macroF1, told.accuracy]).toEqual([expect.closeTo(expected.macroF1, 12), expect.closeTo(expected.microF1, 12)]);
  });
});

describe('the scores of several classes of scikit-learn', () => {
  const { names, label, prediction, scores, expected } = scikitLearn.classes;
  const samples = names.map(
    (name) => ({ name: `p_${name}`, role: 'feature', kind: 'numeric', values: scores[name] as readonly number[] }) as const,
  );
  const grid = cutGrid('golden' as ModelName, samples, [], { scores: Object.fromEntries(names.map((name) => [name, `p_${name}`])) });
  const sum = outcomeSums(grid, 'categorical')();
  for (const [row, outcome] of label.entries()) {
    const scoreOf = ({ column }: { column: string }) => scores[column.slice('p_'.length)]?.[row];
    sum.add(prediction[row] as string, outcome, 1, undefined, scoreOf);
  }
  const told = measureAll([sum.counts()], outcomeScale(grid, undefined));

  it.each(names)('roc_auc_score and average_precision_score of %s against the rest are equal', (name) => {
    expect(told[`rocAuc/${name}`]).toBeCloseTo(expected.rocAuc[name] as number, 12);
    expect(told[`prAuc/${name}`]).toBeCloseTo(expected.prAuc[name] as number, 12);
  });

  it('their macro means are equal (multi_class="ovr", average="macro")', () => {
    expect(told.macroRocAuc).toBeCloseTo(expected.macroRocAuc, 12);
    expect(told.macroPrAuc).toBeCloseTo(expected.macroPrAuc, 12);
  });

  it('log_loss and brier_score_loss (scale_by_half=False) are equal, but for the rounding of a row', () => {
    expect(told.logLoss).toBeCloseTo(expected.logLoss, 6);
    expect(told.brier).toBeCloseTo(expected.brier, 6);
  });

  it('log_loss clips what was certain to the spacing of doubles, and takes scores as they are where they do not add up to one', () => {
    const { scores: given, label: came, expected: certain } = scikitLearn.certainClasses;
    const some = outcomeSums(grid, 'categorical')();
    for (const [row, outcome] of came.entries())
      some.add('basic', outcome, 1, undefined, ({ column }) => given[column.slice('p_'.length)]?.[row]);
    const figures = measureAll([some.counts()], outcomeScale(grid, undefined));
    expect(figures.logLoss).toBeCloseTo(certain.logLoss, 6);
    expect(figures.brier).toBeCloseTo(certain.brier, 6);
  });

  it('of the scores of two classes brier_score_loss is that of either (scale_by_half="auto")', () => {
    const { label: came, candidate, expected: binary } = scikitLearn.binary;
    const two = cutGrid(
      'golden' as ModelName,
      ['0', '1'].map((name) => ({ name: `p_${name}`, role: 'feature', kind: 'numeric', values: [0, 0.5, 1] }) as const),
      [],
      { scores: { 0: 'p_0', 1: 'p_1' } },
    );
    const some = outcomeSums(two, 'categorical')();
    for (const [row, outcome] of came.entries()) {
      const p = candidate.score[row] as number;
      some.add('1', String(outcome), 1, undefined, ({ column }) => (column === 'p_1' ? p : 1 - p));
    }
    const figures = measureAll([some.counts()], outcomeScale(two, undefined));
    expect(figures.brier).toBeCloseTo(binary.candidate.brier as number, 6);
    expect(figures.logLoss).toBeCloseTo(binary.candidate.logLoss as number, 6);
  });

  it('where a class came that no score names, it had a score of 0', () => {
    const some = outcomeSums(grid, 'categorical')();
    some.add('basic', 'unheard of', 1, undefined, () => 0.5);
    const figures = measureAll([some.counts()], outcomeScale(grid, undefined));
    expect(figures.logLoss).toBeCloseTo(52 * Math.LN2, 5);
    expect(figures.brier).toBeCloseTo(1.75, 6);
  });

  it('where a score is missing the row is left out, and where one is no probability neither loss can be had', () => {
    const some = outcomeSums(grid, 'categorical')();
    some.add('basic', 'pro', 1, undefined, ({ column }) => (column === 'p_pro' ? undefined : 0.5));
    expect(some.counts().classLosses).toMatchObject({ rows: 0, improbable: 0 });
    some.add('basic', 'pro', 1, undefined, () => 1.5);
    const figures = measureAll([some.counts()], outcomeScale(grid, undefined));
    expect([figures.logLoss, figures.brier]).toEqual([undefined, undefined]);
  });

  it('where a class has no outcome, its area and the mean cannot be had', () => {
    const without = outcomeSums(grid, 'categorical')();
    without.add('basic', 'basic', 1, undefined, () => 0.5);
    without.add('basic', 'pro', 1, undefined, () => 0.5);
    const some = measureAll([without.counts()], outcomeScale(grid, undefined));
    expect(some).not.toHaveProperty('macroRocAuc');
    expect(some).not.toHaveProperty('rocAuc/churned');
    expect(some['rocAuc/basic']).toBe(0.5);
  });
});

describe('percentiles of the loss of single rows, against numpy', () => {
  const { regression, binary } = scikitLearn;
  const within = (value: number, share: number) => expect.closeTo(value, -Math.log10(2 * value * share));

  it.each(['candidate', 'champion'] as const)("of the %s's errors are equal to three percent", (side) => {
    const told = measured('numeric', regression.label, regression[side]);
    const percentiles = [25, 50, 75].map((percent) => told[`absoluteErrorPercentile${percent}`]);
    expect(percentiles).toEqual(regression.expected[side].absoluteErrorPercentiles.map((value) => within(value, 0.03)));
  });

  it('of log loss are equal where each score is a cell', () => {
    const grid = cutGrid('golden' as ModelName, [{ name: 'p', role: 'score', kind: 'numeric', values: binary.candidate.score }]);
    const sum = outcomeSums(grid, 'categorical', '1')();
    for (const [row, outcome] of binary.label.entries()) sum.add('any', String(outcome), 1, binary.candidate.score[row] as number);
    const told = measureAll([sum.counts()], outcomeScale(grid, '1'));
    const percentiles = [25, 50, 75].map((percent) => told[`logLossPercentile${percent}`]);
    expect(percentiles).toEqual(binary.logLossPercentiles.map((value) => expect.closeTo(value, 5)));
  });
});

const calibration = vectors('tfp_ece');

describe.skipIf(calibration === undefined)("TensorFlow Probability's calibration errors (skipped where the shared data are absent)", () => {
  const one = (id: string) => calibration?.find((vector) => vector.id === id) as NonNullable<typeof calibration>[number];

  it('given its three equal widths over the highest class, then the error is equal', () => {
    const { input, expected } = one('ece_equal_width_3bins');
    const highest: number[] = input.probs.map((row: number[]) => Math.max(...row));
    const hits: number[] = input.labels.map((label: number, row: number) => (input.probs[row][label] === highest[row] ? 1 : 0));
    expect(calibrationErrorOfEqualWidth(cellsOf(hits, highest), input.bins)).toBeCloseTo(expected, 6);
  });

  it('given its three quantile buckets, then the error is equal', () => {
    const { input, expected } = one('ece_quantile_3bins');
    expect(calibrationErrorOfEqualMass(cellsOf(input.hit, input.pred), input.buckets)).toBeCloseTo(expected.ece, 6);
  });
});

const added = (one: RatioSums, other: RatioSums) => ({ x: one.x + other.x, y: one.y + other.y });

describe('intervals', () => {
  it("given R's example of binom.test (stats, 682 of 925 plants), then the exact interval is R's to its seven places", () => {
    const [low, high] = clopperPearson(682, 925);
    expect(low).toBeCloseTo(0.7076683, 7);
    expect(high).toBeCloseTo(0.7654066, 7);
  });

  it('given none or all of ten, then one end is the bound and the other the tenth root of .025', () => {
    const end = 0.025 ** (1 / 10);
    expect(clopperPearson(0, 10)).toEqual([0, expect.closeTo(1 - end, 10)]);
    expect(clopperPearson(10, 10)).toEqual([expect.closeTo(end, 10), 1]);
    expect(clopperPearson(0, 0)).toEqual([0, 1]);
  });

  const days = [
    { x: 10, y: 4 },
    { x: 20, y: 12 },
    { x: 30, y: 12 },
    { x: 40, y: 24 },
  ];

  it('given four days by hand, when the ratio is linearised, then the standard error is the one of the formula', () => {
    // R = 0.52, residuals -1.2, 1.6, -3.6, 3.2 over a mean x of 25: s^2 = 27.2 / 625 / 3, SE = sqrt(s^2 / 4); t(3) = 3.18245.
    const { value, standardError, interval } = ratioInterval(days, 0) ?? { interval: [] };
    expect(value).toBeCloseTo(0.52, 12);
    expect(standardError).toBeCloseTo(Math.sqrt(27.2 / 625 / 12), 12);
    expect(interval[1]).toBeCloseTo(0.52 + 3.182446305 * Math.sqrt(27.2 / 625 / 12), 8);
  });

  it('given days more alike than chance would make them, when a share is measured, then it is no surer than the binomial', () => {
    const alike = days.map(({ x }) => ({ x, y: x / 2 }));
    expect(ratioInterval(alike, 0.25)?.standardError).toBeCloseTo(Math.sqrt(0.25 / 100), 12);
    expect(ratioInterval(alike, 0)?.standardError).toBe(0);
  });

  it('given a mean of days of one size, when each is left out in turn, then the jackknife is the textbook standard error', () => {
    // 1, 2, 3, 6: mean 3, s^2 = 14 / 3, SE = sqrt(14 / 12).
    const days = [1, 2, 3, 6].map((y) => ({ x: 1, y }));
    expect(jackknifeInterval(days, added, ({ x, y }) => y / x)?.standardError).toBeCloseTo(Math.sqrt(14 / 12), 12);
    expect(jackknifeInterval(days.slice(1), added, ({ x, y }) => (x === 2 ? undefined : y))).toBeUndefined();
    expect(jackknifeInterval(days.slice(3), added, ({ x, y }) => y / x)).toBeUndefined();
  });
});
