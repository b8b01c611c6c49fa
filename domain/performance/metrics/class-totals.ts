/**
 * Rows of a classifier summed class by class: all that accuracy, precision, recall, F1 and the Matthews correlation need.
 *
 * The three lists stand in the same order of classes. A row whose answer is wrong counts in `actual` of its true class and in
 * `predicted` of the class it was taken for.
 */
export interface ClassTotals {
  /** Rows of the class that were predicted as it. */
  readonly right: readonly number[];
  /** Rows whose true class it is. */
  readonly actual: readonly number[];
  /** Rows that were predicted as it. */
  readonly predicted: readonly number[];
}

/** Rows of each true class (outer) predicted as each class (inner), in one order of classes, as class totals. */
export function classTotals(confusion: readonly (readonly number[])[]): ClassTotals {
  return {
    right: confusion.map((row, own) => row[own] as number),
    actual: confusion.map((row) => row.reduce((sum, rows) => sum + rows, 0)),
    predicted: confusion.map((_, column) => confusion.reduce((sum, row) => sum + (row[column] as number), 0)),
  };
}
