import type { CategoricalColumn } from '../../grid/grid.ts';
import type { MetricName } from '../../policy/policy.ts';
import { type Counts, total } from '../../statistics/counts.ts';
import type { OutcomeScale } from '../outcome-scale.ts';
import { type Answers, answersOf, expectedTotals, rightOf } from './answer-outcomes.ts';
import type { Calibration } from './calibration.ts';
import { calibrationGap } from './calibration-gap.ts';
import { cellsIn } from './cells-in.ts';
import { type OutcomeCells, testConcept } from './concept-test.ts';
import { lackingOfClasses } from './enough-of-classes.ts';
import { type Foresight, type KnownDay, uncoveredShare } from './foresight.ts';
import { testWrongAnswers } from './wrong-answers.ts';

/**
 * Foresees outcomes where only the predicted class is known: what was predicted as a class is right as often, and wrong for the same other classes,
 * as on the newest days with outcomes. Where more than 32 classes were told apart, only how often it is right.
 *
 * It sees that classes are predicted more or less often than they were, and nothing of how sure a prediction is.
 */
export function answerForesight(prediction: CategoricalColumn, metric: MetricName, scale: OutcomeScale): Foresight<Counts> {
  const { name } = prediction;
  return {
    signs: 'predicted classes',
    mistakes: 'wrong answers',
    isKnown: (day) => answersOf([day]) !== undefined,
    rowsIn: (window) => cellsIn(window, name),
    rowsOf: (days) => answersOf(days)?.predicted ?? [],
    expect(known, predicted) {
      const answers = answersOf(known);
      if (answers === undefined || total(answers.actual) <= 0 || total(predicted) <= 0) return undefined;
      const right = rightOf(predicted, answers);
      const actual = answers.became?.map((shares) => shares.reduce((sum, share, place) => sum + share * (predicted[place] as number), 0));
      const rows = total(predicted);
      return {
        outcomes: actual ? expectedTotals(predicted, { right, actual }) : { matched: rows, correct: Math.round(total(right)) },
        madeFrom: total(answers.actual),
        uncovered: uncoveredShare(predicted, answers.predicted),
      };
    },
    lacksOf: (days) => lackingOfClasses(metric, answersOf(days)?.actual ?? [], scale.classes, scale.positive),
    calibrationGap(before, fresh) {
      const [earlier, now] = [answersOf(before), answersOf(fresh)];
      return earlier && now && calibrationGap(calibrationOf(earlier), rightAndWrong(now));
    },
    testConcept: (before, newest, past) => testConcept(before.flatMap(cellsOf), newest.flatMap(cellsOf), past),
    testColumn: testWrongAnswers,
  };
}

/** How often an answer is right, class by class, as rates of a score. */
function calibrationOf(answers: Answers): Calibration {
  const said = answers.predicted;
  return {
    groups: said.map((_, place) => [place]),
    outcomes: said,
    positives: answers.right,
    rates: rightOf(
      said.map(() => 1),
      answers,
    ),
  };
}

function rightAndWrong({ right, predicted }: Answers) {
  return { positives: right, negatives: predicted.map((rows, place) => rows - (right[place] as number)) };
}

function cellsOf(day: KnownDay): OutcomeCells[] {
  const answers = answersOf([day]);
  return answers ? [{ day: day.day, ...rightAndWrong(answers) }] : [];
}
