import { expect, it } from 'vitest';
import { calibrationInWords, predictionsInWords } from '../../domain/report-page/predictions-in-words.ts';

it('given shares of predicted classes, when they are told, then each stands beside what it was', () => {
  const distribution = { kind: 'categorical', categories: ['stay', 'leave'], baseline: [0.8, 0.2, 0], window: [0.65, 0.35, 0] } as const;
  expect(predictionsInWords([{ column: 'said', distribution, statistics: {} }])).toEqual([
    'said: stay 65% (80% before); leave 35% (20% before).',
  ]);
});

it('given scores that promise more than comes true, when calibration is told, then in answers and in points', () => {
  const statistics = {
    calibrationErrorOfEqualMass: 0.062,
    calibrationErrorOfEqualMassInBaseline: 0.011,
    sureAnswers: 0.901,
    sureAnswersRight: 0.842,
    sureAnswersRightInBaseline: 0.895,
  };
  expect(calibrationInWords(statistics)).toEqual([
    'Calibration: scores are off by 6.2 points on the average (1.1 before); of answers 90% sure 84% were right (90% before).',
  ]);
  expect(calibrationInWords({ accuracy: 0.9 })).toEqual([]);
});

it('given predictions of which nothing could be measured, when they are told, then nothing is said', () => {
  expect(predictionsInWords([{ column: 'said', statistics: { rowsInWindow: 3 } }])).toEqual([]);
});
