import { leafStrides, plainDimensions } from '../../../domain/grid/slices-of.ts';
import { type Dimension, isWithin, type PlainDimension, type RangeOfColumn } from '../../../domain/policy/dimension.ts';
import { absent, type Batch, type Values, type Wanted, wrongType } from './batch.ts';

/** The columns that tell rows apart, in the order in which the finder looks for them. */
export function wantedOf(dimensions: readonly Dimension[]): Wanted[] {
  return plainDimensions(dimensions).map(({ by, column }): Wanted => {
    const kind = by === 'values' ? 'categorical' : 'numeric';
    return { name: column, part: 'feature', kind, ...(by === 'age' && { of: 'time' }) };
  });
}

/**
 * Finds the leaf of each row of a batch.
 *
 * Cost O(rows × dimensions).
 */
export class LeafFinder {
  readonly #dimensions: readonly PlainDimension[];
  readonly #strides: readonly number[];
  readonly #first: number;
  #leaves = new Uint16Array(0);

  /** @param first where among the batch's columns those of {@link wantedOf} begin */
  constructor(dimensions: readonly Dimension[], first: number) {
    this.#dimensions = plainDimensions(dimensions);
    this.#strides = leafStrides(dimensions);
    this.#first = first;
  }

  /** One for each row; good until the next batch is asked for. */
  leavesOf(batch: Batch): Uint16Array {
    if (this.#leaves.length < batch.rows) this.#leaves = new Uint16Array(batch.rows);
    this.#leaves.fill(0, 0, batch.rows);
    for (const [place, dimension] of this.#dimensions.entries()) {
      addParts(dimension, batch.columns[this.#first + place] as Values, this.#strides[place] as number, this.#leaves, batch.rows);
    }
    return this.#leaves;
  }
}

function addParts(dimension: PlainDimension, values: Values, stride: number, leaves: Uint16Array, rows: number): void {
  if (dimension.by === 'values' && values.kind === 'categorical') {
    const parts = values.texts.map((text) => stride * (dimension.values.indexOf(text) + 1));
    for (let row = 0; row < rows; row++) leaves[row] = (leaves[row] as number) + (parts[values.codes[row] as number] ?? 0);
  } else if (dimension.by !== 'values' && values.kind === 'numeric') {
    for (let row = 0; row < rows; row++) {
      if (isPart(dimension, values.values[row] as number)) leaves[row] = (leaves[row] as number) + stride;
    }
  } else {
    throw new TypeError('a dimension is read as what it needs');
  }
}

/** NaN is within nothing that has a bound. */
function isPart(dimension: RangeOfColumn, value: number): boolean {
  return value !== absent && value !== wrongType && isWithin(dimension, value);
}
