import type { NumericColumn } from '../grid/grid.ts';
import { absolutePercentageError, symmetricPercentageError } from '../performance/metrics/percentage-errors.ts';
import type { OutcomeCounts } from './entry.ts';
import { errorCellOf, errorCells } from './error-cells.ts';
import { ExactSum } from './exact-sum.ts';
import { fixedPoint } from './fixed-point.ts';
import type { Answer, OutcomeSum } from './outcome-sum.ts';
import { inParts } from './parts.ts';

/** @returns a maker of sums for predicted quantities; errors and outcomes are rounded a row, to the column's unit */
export function quantitySums(column: Pick<NumericColumn, 'centre' | 'unit'>): () => OutcomeSum {
  return () => new QuantitySum(column);
}

class QuantitySum implements OutcomeSum {
  readonly #column: Pick<NumericColumn, 'centre' | 'unit'>;
  #rows = 0;
  #nonZero = 0;
  readonly #absolute = new ExactSum();
  readonly #squared = new ExactSum();
  readonly #signed = new ExactSum();
  readonly #outcome = new ExactSum();
  readonly #outcomeSquared = new ExactSum();
  readonly #percentage = new ExactSum();
  readonly #symmetric = new ExactSum();
  readonly #errorCells = new Float64Array(errorCells);

  constructor(column: Pick<NumericColumn, 'centre' | 'unit'>) {
    this.#column = column;
  }

  add(prediction: Answer, label: Answer, sign: 1 | -1): void {
    if (typeof prediction !== 'number' || typeof label !== 'number') throw new TypeError('a quantity and its outcome are numbers');
    const { centre, unit } = this.#column;
    const error = fixedPoint(prediction - label, unit);
    const outcome = fixedPoint(label - centre, unit);
    this.#rows += sign;
    this.#absolute.add(sign * Math.abs(error));
    this.#squared.add(sign * error * error);
    this.#signed.add(sign * error);
    this.#outcome.add(sign * outcome);
    this.#outcomeSquared.add(sign * outcome * outcome);
    this.#symmetric.add(sign * inParts(symmetricPercentageError(prediction, label)));
    const cell = errorCellOf(Math.abs(error));
    this.#errorCells[cell] = (this.#errorCells[cell] as number) + sign;
    const share = absolutePercentageError(prediction, label);
    if (share === undefined) return;
    this.#nonZero += sign;
    this.#percentage.add(sign * inParts(share));
  }

  counts(): OutcomeCounts {
    return {
      matched: this.#rows,
      absoluteError: this.#absolute.text(),
      squaredError: this.#squared.text(),
      signedError: this.#signed.text(),
      quantities: {
        rows: this.#rows,
        outcome: this.#outcome.text(),
        outcomeSquared: this.#outcomeSquared.text(),
        nonZero: this.#nonZero,
        percentageError: this.#percentage.text(),
        symmetricError: this.#symmetric.text(),
        errorCells: [...this.#errorCells],
      },
    };
  }
}
