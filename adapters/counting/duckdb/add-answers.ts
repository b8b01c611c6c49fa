import type { ColumnKind, Grid } from '../../../domain/grid/grid.ts';
import type { ErrorSum } from '../../../domain/ledger/error-sum.ts';
import type { MeasuredValues } from '../../../domain/ledger/measure-sum.ts';
import type { Answer, OutcomeSum } from '../../../domain/ledger/outcome-sum.ts';
import { answerOf } from './answer-of.ts';
import type { Batch, Values, Wanted } from './batch.ts';
import { order, type Run } from './deal-rows.ts';

/** How rows that carry their own outcomes are counted. */
export interface AnswerOrder {
  readonly makeSum: () => OutcomeSum;
  /** Label of rows without one; absent: they count for nothing. */
  readonly absent?: Answer;
  /** Columns that measures are made of. */
  readonly measured: readonly string[];
}

/** Columns of a batch whose rows carry their own outcomes, behind all others and in this order. */
export function wantedAnswers(kind: ColumnKind, measured: readonly string[]): Wanted[] {
  return [
    { name: 'prediction', part: 'prediction', kind },
    { name: 'label', part: 'label', kind },
    ...measured.map((name): Wanted => ({ name, part: 'feature', kind: 'numeric' })),
  ];
}

/** What the rows of a run add to: those with a label, and those that are presumed to have the one that absence means. */
export interface AnswerSums<Sum> {
  readonly outcomes: Sum | undefined;
  readonly presumed: Sum | undefined;
}

/** Reads prediction, label, score and measured columns of a batch. */
export class Answers {
  readonly #order: AnswerOrder;
  /** Place of the score among the batch's columns; -1: there is none. */
  readonly #score: number;
  #row = 0;
  #measured: readonly Values[] = [];

  constructor({ columns }: Pick<Grid, 'columns'>, answerOrder: AnswerOrder) {
    this.#order = answerOrder;
    this.#score = columns.findIndex(({ role }) => role === 'score');
  }

  addOutcomes(run: Run, sums: AnswerSums<OutcomeSum>, batch: Batch): void {
    const scores = batch.columns[this.#score];
    this.#measured = batch.columns.slice(batch.columns.length - this.#order.measured.length);
    for (const [row, prediction, label, isPresumed] of this.#answered(run, batch)) {
      const score = scores && answerOf(scores, row);
      const measured = isPresumed ? this.#presumedValue : this.#measuredValue;
      this.#row = row;
      const sum = isPresumed ? sums.presumed : sums.outcomes;
      sum?.add(prediction, label, 1, typeof score === 'number' ? score : undefined, measured);
    }
  }

  /** @param cells coarse ones of all rows of the batch, `width` of them a row */
  addErrors(run: Run, sums: AnswerSums<ErrorSum>, batch: Batch, cells: Uint8Array, width: number): void {
    for (const [row, prediction, label, isPresumed] of this.#answered(run, batch))
      (isPresumed ? sums.presumed : sums.outcomes)?.add(cells, row * width, prediction, label, 1);
  }

  *#answered({ from, count }: Run, batch: Batch): Generator<[row: number, prediction: Answer, label: Answer, isPresumed: boolean]> {
    const answers = batch.columns.length - this.#order.measured.length;
    const [predictions, labels] = [batch.columns[answers - 2] as Values, batch.columns[answers - 1] as Values];
    for (const row of order.subarray(from, from + count)) {
      const [prediction, label] = [answerOf(predictions, row), answerOf(labels, row)];
      if (prediction === undefined) continue;
      if (label !== undefined) yield [row, prediction, label, false];
      else if (this.#order.absent !== undefined) yield [row, prediction, this.#order.absent, true];
    }
  }

  readonly #measuredValue: MeasuredValues = ({ column }) => {
    const values = this.#measured[this.#order.measured.indexOf(column)];
    const value = values && answerOf(values, this.#row);
    return typeof value === 'number' ? value : undefined;
  };

  /** What has no outcome has none of what is measured of outcomes. */
  readonly #presumedValue: MeasuredValues = (column) => (column.in === 'outcomes' ? 0 : this.#measuredValue(column));
}
