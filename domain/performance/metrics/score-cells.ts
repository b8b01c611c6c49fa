import type { Counts } from '../../statistics/counts.ts';

/** Rows by score and outcome: in each cell of the score, ascending, those that turned out positive and those that did not. */
export interface ScoreCells {
  readonly positives: Counts;
  readonly negatives: Counts;
}

/** Score cells where the score is a probability: the sum of the scores in each cell stands beside the counts. */
export interface ProbabilityCells extends ScoreCells {
  readonly scores: readonly number[];
}
