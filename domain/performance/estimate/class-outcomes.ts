import type { ClassLossCounts, OutcomeCounts, ScoreCounts } from '../../ledger/entry.ts';
import { part } from '../../ledger/parts.ts';
import { type Counts, total } from '../../statistics/counts.ts';
import { logLoss } from '../metrics/log-loss.ts';
import { type Answers, expectedTotals, rightOf } from './answer-outcomes.ts';
import type { Calibration } from './calibration.ts';
import { expectedOutcomes, saidAmong } from './expected-outcomes.ts';

/** Rows without outcomes: by predicted class, and by cell of the score of each class. */
export interface ClassRows {
  readonly predicted: Counts;
  readonly scores: Readonly<Record<string, Counts>>;
}

/** What the scores of a class have meant, and the rows that was learnt from by cell of the score. */
export interface LearntClass {
  readonly name: string;
  readonly calibration: Calibration;
  readonly cells: Counts;
}

/**
 * The outcomes rows are to be expected to have if the scores of each class mean what they meant: true rows of a class are the sum of its rates.
 *
 * Rows predicted as a class are first taken to be those of its highest scores. Of more than two classes they are not quite, so too many would be
 * right; so many are taken off as there were among the rows it was learnt from. Classes without a score come as often, and are right as often,
 * as they were. With rows it was learnt from it gives back what came of them.
 *
 * @param classes names in the order of predictions and answers; what is behind them pools all others
 *
 * Cost O(classes × cells).
 */
export function expectedOfClasses(
  rows: ClassRows,
  learnt: readonly LearntClass[],
  answers: Answers,
  classes: readonly string[],
): OutcomeCounts {
  const expected = learnt.map(({ name, calibration }) => scoresOf(rows.scores[name] as Counts, calibration));
  const rightIfUnscored = rightOf(rows.predicted, answers);
  const all = total(answers.actual);
  const amounts = rows.predicted.map((said, place) => {
    const at = learnt.findIndex(({ name }) => name === classes[place]);
    const [of, scores] = [learnt[at], expected[at]];
    if (of === undefined || scores === undefined) {
      return { right: rightIfUnscored[place] as number, actual: ((answers.actual[place] as number) / all) * total(rows.predicted) };
    }
    const before = scoresOf(of.cells, of.calibration);
    const taken = saidAmong(before.positives, before.negatives, answers.predicted[place] as number).hits;
    const overlap = taken > 0 ? (answers.right[place] as number) / taken : 1;
    return { right: overlap * saidAmong(scores.positives, scores.negatives, said).hits, actual: total(scores.positives) };
  });
  const losses = lossesOf(rows, learnt, expected);
  return {
    ...expectedTotals(rows.predicted, { right: amounts.map(({ right }) => right), actual: amounts.map(({ actual }) => actual) }),
    classScores: Object.fromEntries(learnt.map(({ name }, index) => [name, expected[index] as ScoreCounts])),
    ...(losses && { classLosses: losses }),
  };
}

function scoresOf(cells: Counts, calibration: Calibration): ScoreCounts {
  const { scores } = expectedOutcomes({ cells, saidPositive: 0 }, calibration, { unit: 1, classes: [] });
  return scores as ScoreCounts;
}

/** None where a score is no probability. */
function lossesOf(rows: ClassRows, learnt: readonly LearntClass[], expected: readonly ScoreCounts[]): ClassLossCounts | undefined {
  let nats = 0;
  let squares = 0n;
  for (const [index, { name, calibration }] of learnt.entries()) {
    const { rates, scores } = calibration;
    if (scores === undefined) return undefined;
    for (const [cell, count] of (rows.scores[name] as Counts).entries()) {
      if (count > 0) nats += count * (rates[cell] as number) * logLoss(Math.min(1, scores[cell] as number), true);
    }
    squares += BigInt((expected[index] as ScoreCounts).squaredError);
  }
  const scored = Math.min(...learnt.map(({ name }) => total(rows.scores[name] as Counts)));
  return { rows: scored, improbable: 0, logLoss: String(BigInt(Math.round(nats / part))), squaredError: String(squares) };
}
