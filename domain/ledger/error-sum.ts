import { cellsOf } from '../grid/cells-of.ts';
import { coarseColumn } from '../grid/coarse-column.ts';
import type { Grid, GridColumn } from '../grid/grid.ts';
import type { ErrorCells } from './entry.ts';
import { ExactSum } from './exact-sum.ts';
import { fixedPoint } from './fixed-point.ts';
import type { Answer } from './outcome-sum.ts';

/** Places of a row's cells: at most 32 coarse ones of a column, and one for rows without a value. */
const widest = 33;

/** The cell of rows that have no value a column can count: behind its coarse ones. */
export function valuelessCell(column: GridColumn): number {
  return cellsOf(coarseColumn(column));
}

/**
 * Adds up losses by coarse cell of every column: |error| of quantities in the prediction column's unit, wrong answers of classes; and the
 * predictions themselves, so that it can be told what they hang on. Whole numbers below 2^53 all of them, for fewer than 2^32 rows. Squared
 * errors, which grow beyond, of the prediction's own cells alone.
 *
 * Cost O(columns) a row.
 */
export class ErrorSum {
  readonly #columns: readonly GridColumn[];
  readonly #errorOf: (prediction: Answer, label: Answer) => number;
  readonly #said: (prediction: Answer) => number;
  readonly #isQuantity: boolean;
  readonly #rows: Float64Array;
  readonly #loss: Float64Array;
  readonly #signed: Float64Array;
  readonly #predicted: Float64Array;
  readonly #predictedSquares = new ExactSum();
  /** Place of the prediction's own column, and its squared losses by cell. */
  readonly #own: number;
  readonly #squared: readonly ExactSum[];

  constructor({ columns }: Grid) {
    const prediction = columns.find(({ role }) => role === 'prediction');
    const { unit, centre } = prediction?.kind === 'numeric' ? prediction : { unit: undefined, centre: 0 };
    const mostFrequent = prediction?.kind === 'categorical' ? prediction.categories[0] : undefined;
    this.#columns = columns;
    this.#isQuantity = unit !== undefined;
    this.#errorOf = unit === undefined ? isWrong : (said, was) => fixedPoint(Number(said) - Number(was), unit);
    this.#said = unit === undefined ? (said) => (String(said) === mostFrequent ? 1 : 0) : (said) => fixedPoint(Number(said) - centre, unit);
    this.#rows = new Float64Array(columns.length * widest);
    this.#loss = new Float64Array(columns.length * widest);
    this.#signed = new Float64Array(columns.length * widest);
    this.#predicted = new Float64Array(columns.length * widest);
    this.#own = this.#isQuantity ? columns.findIndex(({ role }) => role === 'prediction') : -1;
    this.#squared = this.#own < 0 ? [] : Array.from({ length: valuelessCell(columns[this.#own] as GridColumn) + 1 }, () => new ExactSum());
  }

  /**
   * @param cells of the row, one for each column of the grid in its order, from `first` on
   * @param sign  1 for an outcome that is new, -1 for one that is taken back
   */
  add(cells: Uint8Array, first: number, prediction: Answer, label: Answer, sign: 1 | -1): void {
    const error = this.#errorOf(prediction, label);
    const said = this.#said(prediction);
    const [loss, signed, predicted] = [sign * Math.abs(error), sign * error, sign * said];
    if (this.#isQuantity) this.#predictedSquares.add(predicted * said);
    for (let column = 0; column < this.#columns.length; column++) {
      const at = column * widest + (cells[first + column] as number);
      this.#rows[at] = (this.#rows[at] as number) + sign;
      this.#loss[at] = (this.#loss[at] as number) + loss;
      this.#signed[at] = (this.#signed[at] as number) + signed;
      this.#predicted[at] = (this.#predicted[at] as number) + predicted;
    }
    this.#squared[cells[first + this.#own] as number]?.add(sign * error * error);
  }

  counts(): Readonly<Record<string, ErrorCells>> {
    const predictedSquares = this.#predictedSquares.text();
    return Object.fromEntries(
      this.#columns.map((column, index) => {
        const own = (sums: Float64Array) => [...sums.subarray(index * widest, index * widest + valuelessCell(column) + 1)];
        const signed = this.#isQuantity ? { signed: own(this.#signed), predictedSquares } : {};
        const squared = index === this.#own ? { squared: this.#squared.map((sum) => sum.text()) } : {};
        return [column.name, { rows: own(this.#rows), loss: own(this.#loss), predicted: own(this.#predicted), ...signed, ...squared }];
      }),
    );
  }
}

function isWrong(prediction: Answer, label: Answer): number {
  return prediction === label ? 0 : 1;
}
