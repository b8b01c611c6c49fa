import type { CategoricalColumn, NumericColumn } from '../../grid/grid.ts';
import { addOutcomes } from '../../ledger/add-counts.ts';
import type { OutcomeCounts, ScoreCounts } from '../../ledger/entry.ts';
import type { MetricName } from '../../policy/policy.ts';
import { mergeCells } from '../../statistics/cell-groups.ts';
import { type Counts, sumCells, total } from '../../statistics/counts.ts';
import type { HistoryTest } from '../../statistics/test-against-history.ts';
import { carriedCounts } from '../carried-counts.ts';
import type { OutcomeScale } from '../outcome-scale.ts';
import { answersOf } from './answer-outcomes.ts';
import { calibrate, groupsBeginningAt } from './calibration.ts';
import { calibrationGap } from './calibration-gap.ts';
import { cellsIn } from './cells-in.ts';
import { type ClassRows, expectedOfClasses, type LearntClass } from './class-outcomes.ts';
import { testConcept } from './concept-test.ts';
import { lackingOfClasses } from './enough-of-classes.ts';
import { type Foresight, type KnownDay, uncoveredShare } from './foresight.ts';
import { testWrongAnswers } from './wrong-answers.ts';

/** A class and the column its scores are in. */
export interface ScoredColumn {
  readonly name: string;
  readonly column: NumericColumn;
}

/** Foresees outcomes from the scores of several classes, each against all others: scores mean what they meant on the newest days with outcomes. */
export function classForesight(
  prediction: CategoricalColumn,
  scored: readonly ScoredColumn[],
  metric: MetricName,
  scale: OutcomeScale,
): Foresight<ClassRows> {
  const classes = scored.map(({ name, column }) => ({ name, column, groups: groupsBeginningAt(column.coarse, column.edges.length + 1) }));
  const learn = (days: readonly KnownDay[]): LearntClass[] => {
    const classScores = scoresOf(days);
    return classes.flatMap(({ name, groups }) => {
      const known = classScores[name];
      const calibration = known && calibrate(known, groups);
      return calibration ? [{ name, calibration, cells: rowsOfScores(known) }] : [];
    });
  };
  return {
    signs: 'scores',
    mistakes: 'wrong answers',
    isKnown: (day) => day.outcomes.classScores !== undefined && answersOf([day]) !== undefined,
    rowsIn: (window) => ({
      predicted: cellsIn(window, prediction.name),
      scores: Object.fromEntries(classes.map(({ name, column }) => [name, cellsIn(window, column.name)])),
    }),
    rowsOf(days) {
      const classScores = scoresOf(days);
      const scores = Object.entries(classScores).map(([name, known]) => [name, rowsOfScores(known)]);
      return { predicted: answersOf(days)?.predicted ?? [], scores: Object.fromEntries(scores) };
    },
    expect(days, rows) {
      const [learnt, answers] = [learn(days), answersOf(days)];
      const isSeen = learnt.length === classes.length && classes.every(({ name }) => total(rows.scores[name] ?? []) > 0);
      if (answers === undefined || !isSeen || total(rows.predicted) <= 0) return undefined;
      return {
        outcomes: expectedOfClasses(rows, learnt, answers, scale.classes),
        madeFrom: total(answers.actual),
        uncovered: Math.max(
          ...learnt.map(({ name, calibration: { groups, outcomes } }) =>
            uncoveredShare(mergeCells(rows.scores[name] as Counts, groups), outcomes),
          ),
        ),
      };
    },
    lacksOf: (days) => lackingOfClasses(metric, answersOf(days)?.actual ?? [], scale.classes, scale.positive),
    calibrationGap(before, fresh) {
      const classScores = scoresOf(fresh);
      const gaps = learn(before).flatMap(({ name, calibration }) =>
        classScores[name] ? (calibrationGap(calibration, classScores[name]) ?? []) : [],
      );
      return gaps.length === classes.length ? Math.max(...gaps) : undefined;
    },
    testConcept: (before, newest, past) =>
      together(
        classes.map(({ name, groups }) => {
          const of = ({ day, outcomes: { classScores } }: KnownDay) => {
            const known = classScores?.[name];
            return known ? [{ day, positives: mergeCells(known.positives, groups), negatives: mergeCells(known.negatives, groups) }] : [];
          };
          return testConcept(before.flatMap(of), newest.flatMap(of), past);
        }),
      ),
    testColumn: testWrongAnswers,
  };
}

/** Any of several tests by Bonferroni. */
function together(tests: readonly HistoryTest[]): HistoryTest {
  const made = tests.flatMap((test) => (test.kind === 'none' ? [] : [test]));
  const [first] = made;
  if (first === undefined) return tests[0] ?? { kind: 'none', missing: 'scores of classes' };
  return { ...first, pValue: Math.min(1, made.length * Math.min(...made.map(({ pValue }) => pValue))) };
}

function rowsOfScores({ positives, negatives }: ScoreCounts): number[] {
  return sumCells([positives, negatives]);
}

function scoresOf(days: readonly KnownDay[]): NonNullable<OutcomeCounts['classScores']> {
  const carried = days.map(({ outcomes }) => carriedCounts('macroRocAuc', undefined, outcomes));
  return carried.length === 0 ? {} : (carried.reduce(addOutcomes).classScores ?? {});
}
