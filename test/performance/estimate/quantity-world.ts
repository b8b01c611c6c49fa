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
import { normals } from '../../gates/rows.ts';
import { version } from '../../report/watched-model.ts';
import { checkDelayed, dayNumber, type Written } from './delayed-check.ts';

/** What a day is like: how large its quantities are, and how far predictions of some size are off. */
export interface QuantityDay {
  /** Mean of what is predicted; 100 when nothing is said. Its spread is 30. */
  readonly level?: number;
  /** Standard deviation of the error of a prediction; a tenth of the prediction when nothing is said. */
  readonly errorOf?: (said: number) => number;
  readonly rows?: number;
}

export const quantityGrid = cutGrid('demand' as ModelName, [
  { name: 'load', role: 'feature', kind: 'numeric', values: Array.from({ length: 200 }, (_, index) => index / 100) },
  { name: 'said', role: 'prediction', kind: 'numeric', values: Array.from({ length: 400 }, (_, index) => index) },
]);

/** Days of quantities, the larger the harder; `load` is a hundredth of the prediction. */
export function quantityDays(seed: number, days: number, like: (day: number) => QuantityDay = () => ({})): Partition[] {
  const normal = normals(seed);
  const [load, said] = quantityGrid.columns;
  if (load === undefined || said === undefined) throw new Error('the grid has both columns');
  const [ofLoad, ofSaid] = [load, said].map((column) => {
    const coarse = coarseColumn(column);
    return cellFinder(coarse.kind === 'numeric' ? coarse.edges : []);
  }) as [(value: number) => number, (value: number) => number];
  return Array.from({ length: days }, (_, day) => {
    const { level = 100, errorOf = (prediction: number) => prediction / 10, rows = 300 } = like(day);
    const errors = new ErrorSum(quantityGrid);
    const outcomes = outcomeSums(quantityGrid, 'numeric')();
    const sums = [columnSums(load)(), columnSums(said)()] as [NumericSum, NumericSum];
    const mood = 3 * normal();
    for (let row = 0; row < rows; row += 1) {
      const prediction = Math.max(10, level + mood + 30 * normal());
      const label = prediction + errorOf(prediction) * normal();
      outcomes.add(prediction, label, 1);
      errors.add(Uint8Array.of(ofLoad(prediction / 100), ofSaid(prediction)), 0, prediction, label, 1);
      sums[0].add(prediction / 100);
      sums[1].add(prediction);
    }
    const columns = { load: sums[0].counts(), said: sums[1].counts() };
    return { day: dayNumber(day), version, rows, columns, outcomes: outcomes.counts(), errors: errors.counts() };
  });
}

export function checkQuantities(
  days: readonly Partition[],
  metric: MetricName = 'mae',
  more: Partial<Written> = {},
  labelled = days,
): AssessmentInput {
  const files = { from: 'files', glob: '*', id: ['id'], time: 't', prediction: 'said' } as const;
  return checkDelayed(quantityGrid, { task: { kind: 'regression' }, predictions: files, metric, drop: 0.15, ...more }, days, labelled);
}
