import { expect, it } from 'vitest';
import { part } from '../../domain/ledger/parts.ts';
import { measureCalibration } from '../../domain/performance/measure-calibration.ts';

/** Cells of rows that all have one score. */
const scoresOf = (cells: readonly { score: number; positives: number; negatives: number }[]) => ({
  positives: cells.map(({ positives }) => positives),
  negatives: cells.map(({ negatives }) => negatives),
  improbable: 0,
  sums: cells.map(({ score, positives, negatives }) => Math.round((score * (positives + negatives)) / part)),
  logLoss: '0',
  squaredError: '0',
});

it('given answers of either class about 90% sure, when calibration is measured, then it tells how many of them were right', () => {
  const figures = measureCalibration({
    scores: scoresOf([
      { score: 0.1, positives: 4, negatives: 16 },
      { score: 0.6, positives: 0, negatives: 50 },
      { score: 0.9, positives: 24, negatives: 6 },
      { score: 0.99, positives: 0, negatives: 70 },
    ]),
  });
  expect(figures.sureAnswers).toBeCloseTo(0.9, 5);
  expect(figures.sureAnswersRight).toBeCloseTo(40 / 50, 12);
});

it('given nine sure answers, or scores that are no probabilities, when calibration is measured, then nothing is told of them', () => {
  expect(measureCalibration({ scores: scoresOf([{ score: 0.9, positives: 9, negatives: 0 }]) })).not.toHaveProperty('sureAnswers');
  expect(measureCalibration({ scores: { ...scoresOf([{ score: 0.9, positives: 20, negatives: 0 }]), improbable: 1 } })).toEqual({});
});
