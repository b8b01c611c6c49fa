import type { OutcomeCounts } from './entry.ts';
import { ExactSum } from './exact-sum.ts';
import { fixedPoint } from './fixed-point.ts';

/** A prediction or a label: a number where a quantity is predicted, the name of a class elsewhere. */
export type Answer = number | string;

/**
 * Adds up how predictions compare with what turned out to be true. `sign` is 1 for an outcome that is new, -1 for one that is taken
 * back because it was corrected.
 *
 * Quantities: absolute, squared and signed (prediction minus label) error in the unit given, rounded a row. Classes: how many were right.
 */
export class OutcomeSum {
  #matched = 0;
  #correct = 0;
  #quantities = false;
  readonly #absolute = new ExactSum();
  readonly #squared = new ExactSum();
  readonly #signed = new ExactSum();
  readonly #unit: number;

  constructor(unit: number) {
    this.#unit = unit;
  }

  add(prediction: Answer, label: Answer, sign: 1 | -1): void {
    this.#matched += sign;
    if (typeof prediction === 'number' && typeof label === 'number') {
      const error = fixedPoint(prediction - label, this.#unit);
      this.#quantities = true;
      this.#absolute.add(sign * Math.abs(error));
      this.#squared.add(sign * error * error);
      this.#signed.add(sign * error);
    } else if (prediction === label) this.#correct += sign;
  }

  counts(): OutcomeCounts {
    if (!this.#quantities) return { matched: this.#matched, correct: this.#correct };
    return {
      matched: this.#matched,
      absoluteError: this.#absolute.text(),
      squaredError: this.#squared.text(),
      signedError: this.#signed.text(),
    };
  }
}
