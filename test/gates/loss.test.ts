import { describe, expect, it } from 'vitest';
import { lossOf, metricOf } from '../../domain/gates/loss.ts';
import type { ScoredRow } from '../../domain/gates/scored-row.ts';

const row = (label: ScoredRow['label'], prediction: ScoredRow['prediction']): ScoredRow => ({
  id: 'a',
  timeMilliseconds: 0,
  label,
  prediction,
});

describe('the loss of a row', () => {
  it.each([
    ['mae', 3, 1.5, 1.5],
    ['mae', '3', 1.5, 1.5],
    ['rmse', 3, 1, 4],
    ['accuracy', 1, 1, 0],
    ['accuracy', 1, '1.0', 0],
    ['accuracy', true, 'true', 0],
    ['accuracy', true, 1, 0],
    ['accuracy', 'free', 'pro', 1],
    ['accuracy', 0, 1, 1],
  ] as const)('given %s, label %s and prediction %s, when it is taken, then it is %d', (metric, label, prediction, loss) => {
    expect(lossOf(metric, row(label, prediction))).toBe(loss);
  });

  it.each([
    ['mae', 3, 'many'],
    ['rmse', 'few', 3],
    ['mae', 3, ''],
    ['mae', null, 3],
    ['accuracy', 'a', null],
  ] as const)('given %s, label %s and prediction %s, when it is taken, then there is none', (metric, label, prediction) => {
    expect(lossOf(metric, row(label, prediction))).toBeUndefined();
  });

  it.each([
    ['mape', 4, 3, 0.25],
    ['mape', 0, 3, undefined],
    ['smape', 3, 1, 1],
    ['logLoss', 1, 1, -Math.log(0.8)],
    ['logLoss', 'true', 0, -Math.log(0.8)],
    ['brier', 0, 1, 0.8 ** 2],
  ] as const)(
    'given %s, label %s, prediction %s and a score of 0.8, when it is taken, then it is %d',
    (metric, label, prediction, loss) => {
      const taken = lossOf(metric, { ...row(label, prediction), score: 0.8 }, '1');
      expect(taken).toEqual(loss === undefined ? undefined : expect.closeTo(loss, 12));
    },
  );

  it('given a mean loss, when the metric is taken, then it is in the metric’s own unit', () => {
    expect([metricOf('mae', 9), metricOf('rmse', 9), metricOf('accuracy', 0.25)]).toEqual([9, 3, 0.75]);
  });
});
