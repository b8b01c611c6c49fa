import { CellFinder } from '../grid/cell-finder.ts';
import type { NumericColumn } from '../grid/grid.ts';
import type { ColumnCounts } from './entry.ts';
import { ExactSum } from './exact-sum.ts';
import { fixedPoint, largestFixedPoint, nearestWhole } from './fixed-point.ts';
import { Tally } from './tally.ts';

const valuesBetweenCarries = 2048;

/** @returns a maker of sums for numbers, one for each partition; they share the table that finds cells */
export function numericSums(column: NumericColumn): () => NumericSum {
  const finder = new CellFinder(column.edges);
  return () => new NumericSum(column, finder);
}

const single = new Float64Array(1);
/** Smallest and largest value of each block of those that are being added. */
let spans = new Float64Array(16);

export class NumericSum extends Tally {
  readonly kind = 'numeric';
  readonly #column: NumericColumn;
  readonly #finder: CellFinder;
  readonly #low: number;
  readonly #high: number;
  /** Sum and squares since they were last carried: exact in doubles over 2,048 values. */
  #pendingSum = 0;
  #pendingSquares = 0;
  #pending = 0;
  #sum = 0n;
  #squares = 0n;
  readonly #lowExcess = new ExactSum();
  readonly #highExcess = new ExactSum();
  #clipped = 0;
  #infinite = 0;
  #outOfRange = 0;
  #empty = 0;
  #min = Number.POSITIVE_INFINITY;
  #max = Number.NEGATIVE_INFINITY;

  constructor(column: NumericColumn, finder: CellFinder) {
    super(column.edges.length + 1);
    this.#column = column;
    this.#finder = finder;
    this.#low = column.edges[0] as number;
    this.#high = column.edges.at(-1) as number;
  }

  add(value: number): void {
    single[0] = value;
    if (this.addAll(single, 1)) return;
    if (Number.isNaN(value)) this.addNotANumber();
    else this.addInfinite(1);
  }

  addInfinite(rows: number): void {
    this.#infinite += rows;
    this.addNotANumber(rows);
  }

  /**
   * Adds the first `rows` of some values, in short loops of plain numbers: this is run for every number there is.
   *
   * @param limit which none of them may reach, on either side of 0
   * @returns false, and adds nothing, where one does, or is not a number
   */
  addAll(values: Float64Array, rows: number, limit = Number.POSITIVE_INFINITY): boolean {
    const blocks = Math.ceil(rows / valuesBetweenCarries);
    if (spans.length < 2 * blocks) spans = new Float64Array(4 * blocks);
    for (let block = 0; block < blocks; block++) {
      const from = block * valuesBetweenCarries;
      if (!measureSpan(values, from, Math.min(rows, from + valuesBetweenCarries), 2 * block, limit)) return false;
    }
    this.#finder.countCells(values, rows, this.cells);
    for (let block = 0; block < blocks; block++) {
      const from = block * valuesBetweenCarries;
      const to = Math.min(rows, from + valuesBetweenCarries);
      this.#addMoments(values, from, to, spans[2 * block] as number, spans[2 * block + 1] as number);
    }
    return true;
  }

  #addMoments(values: Float64Array, from: number, to: number, min: number, max: number): void {
    if (this.#pending + to - from > valuesBetweenCarries) this.#carry();
    this.#pending += to - from;
    if (min < this.#min) this.#min = min + 0;
    if (max > this.#max) this.#max = max + 0;
    const { range, of } = this.#column;
    if (of === 'text' && min === 0) this.#empty += countZeros(values, from, to);
    if (range !== undefined && (min < range[0] || max > range[1])) this.#outOfRange += countOutside(values, from, to, range);
    if (min >= this.#low && max <= this.#high && this.#isKept(min) && this.#isKept(max)) this.#addInner(values, from, to);
    else this.#addOuter(values, from, to);
  }

  #isKept(value: number): boolean {
    const { centre, unit } = this.#column;
    return Math.abs(fixedPoint(value - centre, unit)) < largestFixedPoint;
  }

  /** Of values between the outermost edges, none of which is clipped: nearly all are. */
  #addInner(values: Float64Array, from: number, to: number): void {
    const { centre, unit } = this.#column;
    let sum = 0;
    let squares = 0;
    for (let row = from; row < to; row++) {
      const distance = nearestWhole(((values[row] as number) - centre) / unit);
      sum += distance;
      squares += distance * distance;
    }
    this.#pendingSum += sum;
    this.#pendingSquares += squares;
  }

  #addOuter(values: Float64Array, from: number, to: number): void {
    const { centre, unit } = this.#column;
    for (let row = from; row < to; row++) {
      const value = values[row] as number;
      const distance = fixedPoint(value - centre, unit);
      if (Math.abs(distance) === largestFixedPoint) this.#clipped++;
      this.#pendingSum += distance;
      this.#pendingSquares += distance * distance;
      if (value < this.#low) this.#lowExcess.add(fixedPoint(this.#low - value, unit));
      if (value > this.#high) this.#highExcess.add(fixedPoint(value - this.#high, unit));
    }
  }

  #carry(): void {
    this.#sum += BigInt(this.#pendingSum);
    this.#squares += BigInt(this.#pendingSquares);
    this.#pendingSum = 0;
    this.#pendingSquares = 0;
    this.#pending = 0;
  }

  counts(): ColumnCounts {
    this.#carry();
    return {
      ...this.tallied(),
      sum: String(this.#sum),
      sumOfSquares: String(this.#squares),
      ...(this.#clipped > 0 && { clipped: this.#clipped }),
      ...(this.#infinite > 0 && { infinite: this.#infinite }),
      ...(this.#outOfRange > 0 && { outOfRange: this.#outOfRange }),
      ...(this.#empty > 0 && { empty: this.#empty }),
      lowExcess: this.#lowExcess.text(),
      highExcess: this.#highExcess.text(),
      ...(this.#min <= this.#max && { min: this.#min, max: this.#max }),
    };
  }
}

/**
 * Writes the smallest and the largest of some values into `spans`.
 *
 * @returns whether all are numbers below the limit; NaN among them makes both NaN
 */
function measureSpan(values: Float64Array, from: number, to: number, place: number, limit: number): boolean {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (let row = from; row < to; row++) {
    const value = values[row] as number;
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  spans[place] = min;
  spans[place + 1] = max;
  return min > -limit && max < limit;
}

function countZeros(values: Float64Array, from: number, to: number): number {
  let rows = 0;
  for (let row = from; row < to; row++) if (values[row] === 0) rows++;
  return rows;
}

function countOutside(values: Float64Array, from: number, to: number, [low, high]: readonly [number, number]): number {
  let rows = 0;
  for (let row = from; row < to; row++) if ((values[row] as number) < low || (values[row] as number) > high) rows++;
  return rows;
}
