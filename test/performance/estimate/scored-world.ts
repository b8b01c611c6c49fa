import { cellFinder } from '../../../domain/grid/cell-finder.ts';
import { coarseColumn } from '../../../domain/grid/coarse-column.ts';
import { cutGrid } from '../../../domain/grid/cut-grid.ts';
import type { ModelName } from '../../../domain/identity/names.ts';
import { columnSums } from '../../../domain/ledger/column-sum.ts';
import type { Partition } from '../../../domain/ledger/entry.ts';
import { ErrorSum } from '../../../domain/ledger/error-sum.ts';
import type { NumericSum } from '../../../domain/ledger/numeric-sum.ts';
import { outcomeSums } from '../../../domain/ledger/sum-outcomes.ts';
import type { MetricName } from '../../../domain/policy/policy.ts';
import type { AssessmentInput } from '../../../domain/report/assessment-input.ts';
import { seededRandom } from '../../../domain/statistics/seeded-random.ts';
import { version } from '../../report/watched-model.ts';
import { checkDelayed, dayNumber } from './delayed-check.ts';

/** What a day is like: how many of its rows are hard, and whether a probability of p still means p. */
export interface Day {
  /** Share of rows with any probability at all, of whom a quarter is answered wrongly; of the others it is one in thirty. */
  readonly hard?: number;
  /** The chance of a positive, of its probability. */
  readonly concept?: (p: number) => number;
  readonly rows?: number;
}

export const scoredGrid = cutGrid('churn' as ModelName, [
  { name: 'p', role: 'score', kind: 'numeric', values: Array.from({ length: 101 }, (_, index) => index / 100) },
  { name: 'said', role: 'prediction', kind: 'categorical', values: ['0', '1'] },
]);

/** Days of scored customers; the probability is that of being positive, so long as the concept is what it was. */
export function scoredDays(seed: number, first: number, days: number, like: (day: number) => Day = () => ({})): Partition[] {
  const random = seededRandom(seed);
  const [score, said] = ['p', 'said'].map((name) => scoredGrid.columns.find((column) => column.name === name));
  if (score === undefined || said === undefined) throw new Error('the grid has both columns');
  const coarse = coarseColumn(score);
  const cellOf = cellFinder(coarse.kind === 'numeric' ? coarse.edges : []);
  return Array.from({ length: days }, (_, index) => {
    const errors = new ErrorSum(scoredGrid);
    const { hard = 0.3, concept = (p: number) => p, rows = 400 } = like(first + index);
    const outcomes = outcomeSums(scoredGrid, 'categorical', '1')();
    const sums = [columnSums(score)(), columnSums(said)()] as const;
    const wander = 0.06 * (random() - 0.5);
    for (let row = 0; row < rows; row += 1) {
      const p = random() < hard + wander ? random() : random() < 0.5 ? random() / 15 : 1 - random() / 15;
      const answer = p > 0.5 ? '1' : '0';
      const label = random() < concept(p) ? '1' : '0';
      outcomes.add(answer, label, 1, p);
      errors.add(Uint8Array.of(cellOf(p), Number(answer)), 0, answer, label, 1);
      (sums[0] as NumericSum).add(p);
      (sums[1].add as (value: string) => void).call(sums[1], answer);
    }
    const columns = { p: sums[0].counts(), said: sums[1].counts() };
    return { day: dayNumber(first + index), version, rows, columns, outcomes: outcomes.counts(), errors: errors.counts() };
  });
}

/** A check of such days by a metric of their scores. */
export function checkScored(days: readonly Partition[], metric: MetricName = 'accuracy', drop = 0.05, labelled = days): AssessmentInput {
  const files = { from: 'files', glob: '*', id: ['id'], time: 't', prediction: 'said', score: 'p' } as const;
  const written = { task: { kind: 'classification', positive: '1' }, predictions: files, metric, drop } as const;
  return checkDelayed(scoredGrid, written, days, labelled);
}
