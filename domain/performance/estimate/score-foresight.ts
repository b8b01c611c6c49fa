import type { NumericColumn } from '../../grid/grid.ts';
import { addOutcomes } from '../../ledger/add-counts.ts';
import type { ScoreCounts } from '../../ledger/entry.ts';
import { mergeCells } from '../../statistics/cell-groups.ts';
import { sumCells, total } from '../../statistics/counts.ts';
import { carriedCounts } from '../carried-counts.ts';
import type { OutcomeScale } from '../outcome-scale.ts';
import { answersOf } from './answer-outcomes.ts';
import { calibrate, groupsBeginningAt } from './calibration.ts';
import { calibrationGap } from './calibration-gap.ts';
import { cellsIn } from './cells-in.ts';
import { type OutcomeCells, testConcept } from './concept-test.ts';
import { expectedOutcomes, type ScoredRows } from './expected-outcomes.ts';
import { type Foresight, fewestOfAKind, fewestOutcomes, type KnownDay, uncoveredShare } from './foresight.ts';
import { testWrongAnswers } from './wrong-answers.ts';

/** Foresees the outcomes of two classes from the score of one: scores mean what they meant on the newest days with outcomes. */
export function scoreForesight(
  { score, said }: { readonly score: NumericColumn; readonly said?: { readonly name: string; readonly place: number } },
  scale: OutcomeScale,
): Foresight<ScoredRows> {
  const groups = groupsBeginningAt(score.coarse, score.edges.length + 1);
  const calibrationOf = (days: readonly KnownDay[]) => {
    const scores = scoresOf(days);
    return scores && calibrate(scores, groups);
  };
  const cellsOf = ({ day, outcomes: { scores } }: KnownDay): OutcomeCells[] =>
    scores ? [{ day, positives: mergeCells(scores.positives, groups), negatives: mergeCells(scores.negatives, groups) }] : [];
  return {
    signs: 'scores',
    mistakes: 'wrong answers',
    isKnown: ({ outcomes }) => outcomes.scores !== undefined,
    rowsIn: (window) => ({ cells: cellsIn(window, score.name), saidPositive: said ? (cellsIn(window, said.name)[said.place] ?? 0) : 0 }),
    rowsOf(days) {
      const { positives, negatives } = scoresOf(days) ?? nothing;
      const predicted = answersOf(days)?.predicted;
      return { cells: sumCells([positives, negatives]), saidPositive: predicted?.[scale.classes.indexOf(scale.positive ?? '')] ?? 0 };
    },
    expect(known, rows) {
      const calibration = calibrationOf(known);
      if (calibration === undefined || total(rows.cells) <= 0) return undefined;
      return {
        outcomes: expectedOutcomes(rows, calibration, scale),
        madeFrom: total(calibration.outcomes),
        uncovered: uncoveredShare(mergeCells(rows.cells, groups), calibration.outcomes),
      };
    },
    lacksOf(days) {
      const { positives, negatives } = scoresOf(days) ?? nothing;
      const [hits, misses] = [total(positives), total(negatives)];
      if (hits + misses >= fewestOutcomes && Math.min(hits, misses) >= fewestOfAKind) return undefined;
      return `${fewestOutcomes} outcomes in the newest block, ${fewestOfAKind} of each class; there are ${hits} and ${misses}`;
    },
    calibrationGap(before, fresh) {
      const earlier = calibrationOf(before);
      return earlier && calibrationGap(earlier, scoresOf(fresh) ?? nothing);
    },
    testConcept: (before, newest, past) => testConcept(before.flatMap(cellsOf), newest.flatMap(cellsOf), past),
    testColumn: testWrongAnswers,
  };
}

const nothing = { positives: [], negatives: [] };

function scoresOf(days: readonly KnownDay[]): ScoreCounts | undefined {
  const carried = days.map(({ outcomes }) => carriedCounts('rocAuc', undefined, outcomes));
  return carried.length === 0 ? undefined : carried.reduce(addOutcomes).scores;
}
