import { cellFinder } from '../grid/cell-finder.ts';
import type { CategoricalColumn, GridColumn, NumericColumn } from '../grid/grid.ts';
import type { ColumnCounts } from './entry.ts';
import { ExactSum } from './exact-sum.ts';
import { fixedPoint, largestFixedPoint } from './fixed-point.ts';
import { smallestNames } from './smallest-names.ts';

const valuesBetweenCarries = 2048;

/** Counts the values of one column in one partition. What is kept of a value is whole numbers only, so parts add up exactly. */
export interface ColumnSum<T> {
  add(value: T): void;
  addNull(): void;
  addWrongType(): void;
  counts(): ColumnCounts;
}

/** @returns a maker of sums for numbers, one for each partition; they share the table that finds cells */
export function numericSums(column: NumericColumn): () => ColumnSum<number> {
  const cellOf = cellFinder(column.edges);
  return () => new NumericSum(column, cellOf);
}

/** @returns a maker of sums for categories, one for each partition; they share the table of names */
export function categoricalSums(column: CategoricalColumn): () => ColumnSum<string> {
  const cells = new Map(column.categories.map((name, cell) => [name, cell]));
  return () => new CategoricalSum(column, cells);
}

class Tally {
  readonly cells: Float64Array;
  nulls = 0;
  notANumber = 0;
  typeErrors = 0;

  constructor(cells: number) {
    this.cells = new Float64Array(cells);
  }

  addNull(): void {
    this.nulls++;
  }

  addWrongType(): void {
    this.typeErrors++;
  }

  tallied(): ColumnCounts {
    return { cells: [...this.cells], nulls: this.nulls, notANumber: this.notANumber, typeErrors: this.typeErrors };
  }
}

class NumericSum extends Tally implements ColumnSum<number> {
  readonly #column: NumericColumn;
  readonly #cellOf: (value: number) => number;
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
  #min = Number.POSITIVE_INFINITY;
  #max = Number.NEGATIVE_INFINITY;

  constructor(column: NumericColumn, cellOf: (value: number) => number) {
    super(column.edges.length + 1);
    this.#column = column;
    this.#cellOf = cellOf;
    this.#low = column.edges[0] as number;
    this.#high = column.edges.at(-1) as number;
  }

  add(value: number): void {
    if (!Number.isFinite(value)) {
      this.notANumber++;
      return;
    }
    const { centre, unit } = this.#column;
    const cell = this.#cellOf(value);
    this.cells[cell] = (this.cells[cell] as number) + 1;
    const distance = fixedPoint(value - centre, unit);
    if (distance === largestFixedPoint || distance === -largestFixedPoint) this.#clipped++;
    this.#pendingSum += distance;
    this.#pendingSquares += distance * distance;
    if (++this.#pending === valuesBetweenCarries) this.#carry();
    if (value < this.#low) this.#lowExcess.add(fixedPoint(this.#low - value, unit));
    if (value > this.#high) this.#highExcess.add(fixedPoint(value - this.#high, unit));
    if (value < this.#min) this.#min = value + 0;
    if (value > this.#max) this.#max = value + 0;
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
      lowExcess: this.#lowExcess.text(),
      highExcess: this.#highExcess.text(),
      ...(this.#min <= this.#max && { min: this.#min, max: this.#max }),
    };
  }
}

class CategoricalSum extends Tally implements ColumnSum<string> {
  readonly #cellOf: ReadonlyMap<string, number>;
  readonly #unseen = new Map<string, number>();

  constructor(column: CategoricalColumn, cells: ReadonlyMap<string, number>) {
    super(column.categories.length + 1);
    this.#cellOf = cells;
  }

  add(value: string): void {
    const cell = this.#cellOf.get(value) ?? this.cells.length - 1;
    this.cells[cell] = (this.cells[cell] as number) + 1;
    if (cell === this.cells.length - 1) this.#unseen.set(value, (this.#unseen.get(value) ?? 0) + 1);
  }

  counts(): ColumnCounts {
    return { ...this.tallied(), ...(this.#unseen.size > 0 && { newCategories: smallestNames(this.#unseen) }) };
  }
}

/** The maker that suits the column. */
export function columnSums(column: GridColumn): () => ColumnSum<number> | ColumnSum<string> {
  return column.kind === 'numeric' ? numericSums(column) : categoricalSums(column);
}
