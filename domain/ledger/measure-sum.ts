import type { Measure, MeasuredColumn } from '../policy/measure.ts';
import type { Int, MeasureCounts } from './entry.ts';
import { part } from './parts.ts';

/** A row's number in a column; undefined where it has none. */
export type MeasuredValues = (column: MeasuredColumn) => number | undefined;

/** Adds up the columns a measure is made of, each number rounded to a whole part. Rows that lack one of its numbers are left out. */
export class MeasureSum {
  readonly #measure: Measure;
  #rows = 0;
  #sum = 0n;
  #per = 0n;

  constructor(measure: Measure) {
    this.#measure = measure;
  }

  add(values: MeasuredValues, sign: 1 | -1): void {
    const { sum, per } = this.#measure;
    const [value, divisor] = [wholeParts(values(sum)), per === 'day' ? 0n : wholeParts(values(per))];
    if (value === undefined || divisor === undefined) return;
    this.#rows += sign;
    this.#sum += BigInt(sign) * value;
    this.#per += BigInt(sign) * divisor;
  }

  counts(): MeasureCounts {
    const per: Int | undefined = this.#measure.per === 'day' ? undefined : String(this.#per);
    return { rows: this.#rows, sum: String(this.#sum), ...(per !== undefined && { per }) };
  }
}

function wholeParts(value: number | undefined): bigint | undefined {
  const parts = value === undefined ? Number.NaN : Math.round(value / part);
  return Number.isFinite(parts) ? BigInt(parts) : undefined;
}
