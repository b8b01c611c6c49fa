import type { ColumnKind, Grid } from '../grid/grid.ts';
import { classSums } from './class-sum.ts';
import { ItemSum } from './item-sum.ts';
import type { OutcomeSum } from './outcome-sum.ts';
import { quantitySums } from './quantity-sum.ts';
import { withClassScores } from './with-class-scores.ts';
import { withMeasures } from './with-measures.ts';

/**
 * @param answers  what predictions and labels are
 * @param positive name of the class that is scored; scores are counted where it is given and the grid has a column of scores
 * @returns a maker of sums, one for each partition; they share what finds cells and classes
 */
export function outcomeSums(grid: Grid, answers: ColumnKind, positive?: string): () => OutcomeSum {
  return withMeasures(withClassScores(answerSums(grid, answers, positive), grid.classScores ?? []), grid.measures ?? []);
}

function answerSums(grid: Grid, answers: ColumnKind, positive?: string): () => OutcomeSum {
  const prediction = grid.columns.find(({ role }) => role === 'prediction');
  if (grid.ranking) return () => new ItemSum();
  if (answers === 'numeric') return quantitySums(prediction?.kind === 'numeric' ? prediction : { centre: 0, unit: 1 });
  const score = grid.columns.find(({ role }) => role === 'score');
  const scored = positive !== undefined && score?.kind === 'numeric' ? { positive, edges: score.edges } : undefined;
  return classSums(prediction?.kind === 'categorical' ? prediction.categories : undefined, scored);
}
