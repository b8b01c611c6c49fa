import { total } from '../../statistics/counts.ts';

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

/**
 * Rows of each true class (outer) predicted as each class (inner), in one order of classes, as class totals.
 *
 * Where the last class pools all names outside a list, a column more may stand at the end: answers outside the list that are wrong.
 * They count as predicted as the last class.
 */
export function classTotals(confusion: readonly (readonly number[])[]): ClassTotals {
  const last = confusion.length - 1;
  const saidOf = (row: readonly number[], place: number) => total(place === last ? row.slice(last) : [row[place] as number]);
  return {
    right: confusion.map((row, own) => row[own] as number),
    actual: confusion.map(total),
    predicted: confusion.map((_, place) => total(confusion.map((row) => saidOf(row, place)))),
  };
}
