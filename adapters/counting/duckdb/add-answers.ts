import type { ErrorSum } from '../../../domain/ledger/error-sum.ts';
import type { Answer, OutcomeSum } from '../../../domain/ledger/outcome-sum.ts';
import { answerOf } from './answer-of.ts';
import type { Batch, Values } from './batch.ts';
import { order, type Run } from './deal-rows.ts';

/** Rows that carry their own outcomes have prediction and label as the last two columns of the batch. */
export function addOutcomes(run: Run, sum: OutcomeSum, batch: Batch): void {
  for (const [, prediction, label] of answered(run, batch)) sum.add(prediction, label, 1);
}

/** @param cells coarse ones of all rows of the batch, `width` of them a row */
export function addErrors(run: Run, sum: ErrorSum, batch: Batch, cells: Uint8Array, width: number): void {
  for (const [row, prediction, label] of answered(run, batch)) sum.add(cells, row * width, prediction, label, 1);
}

function* answered({ from, count }: Run, batch: Batch): Generator<[row: number, prediction: Answer, label: Answer]> {
  const [predictions, labels] = [batch.columns.at(-2) as Values, batch.columns.at(-1) as Values];
  for (const row of order.subarray(from, from + count)) {
    const [prediction, label] = [answerOf(predictions, row), answerOf(labels, row)];
    if (prediction !== undefined && label !== undefined) yield [row, prediction, label];
  }
}
