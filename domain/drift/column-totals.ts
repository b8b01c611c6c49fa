import type { GridColumn } from '../grid/grid.ts';
import type { ColumnCounts, Int } from '../ledger/entry.ts';
import { sumCells, total } from '../statistics/counts.ts';
import type { ColumnDay } from './column-day.ts';

/** One column over some days, in the column's own unit. */
export interface ColumnTotals {
  readonly cells: readonly number[];
  /** Rows with a value that has a cell. */
  readonly valued: number;
  readonly nulls: number;
  readonly notANumber: number;
  readonly typeErrors: number;
  /** Rows in the last cell of a categorical column: nothing like them was seen when the grid was cut. 0 for numbers. */
  readonly unseen: number;
  /** valued + nulls + notANumber + typeErrors. */
  readonly rows: number;
  readonly lowExcess: number;
  readonly highExcess: number;
  /** Sum of (value - centre); numeric columns only. */
  readonly sum: number;
  readonly mean?: number;
  /** Of the population, ddof 0. */
  readonly variance?: number;
  /** Of the values; absent in what is left of totals. */
  readonly smallest?: number;
  readonly largest?: number;
}

/** Adds up the counts of one column. Integers are added exactly; only the result is scaled. Cost O(days x cells). */
export function totalColumn(column: GridColumn, days: readonly ColumnCounts[]): ColumnTotals {
  const [first] = days;
  const cells = first === undefined ? emptyCells(column) : days.length === 1 ? first.cells : sumCells(days.map((day) => day.cells));
  const valued = total(cells);
  const count = (kind: 'nulls' | 'notANumber' | 'typeErrors') => days.reduce((sum, day) => sum + day[kind], 0);
  const [nulls, notANumber, typeErrors] = [count('nulls'), count('notANumber'), count('typeErrors')];
  const counted = { cells, valued, nulls, notANumber, typeErrors, rows: valued + nulls + notANumber + typeErrors };
  if (column.kind === 'categorical') return { ...counted, unseen: cells.at(-1) ?? 0, lowExcess: 0, highExcess: 0, sum: 0 };

  const { unit, centre } = column;
  const sum = addInts(days.map((day) => day.sum));
  const scaled = {
    ...counted,
    unseen: 0,
    lowExcess: Number(addInts(days.map((day) => day.lowExcess))) * unit,
    highExcess: Number(addInts(days.map((day) => day.highExcess))) * unit,
    sum: Number(sum) * unit,
  };
  if (valued === 0) return scaled;
  const squares = addInts(days.map((day) => day.sumOfSquares));
  const spread = BigInt(valued) * squares - sum * sum;
  const moments = { mean: centre + (Number(sum) * unit) / valued, variance: Math.max(0, Number(spread) / valued ** 2) * unit ** 2 };
  return { ...scaled, ...moments, ...rangeOf(days) };
}

export function totalDays(column: GridColumn, days: readonly ColumnDay[]): ColumnTotals {
  return totalColumn(
    column,
    days.map(({ counts }) => counts),
  );
}

function rangeOf(days: readonly ColumnCounts[]): Pick<ColumnTotals, 'smallest' | 'largest'> {
  let [smallest, largest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { min, max } of days) {
    if (min !== undefined && min < smallest) smallest = min;
    if (max !== undefined && max > largest) largest = max;
  }
  return smallest <= largest ? { smallest, largest } : {};
}

/** What is left of a column's totals without one of the parts they were added up from; its range is not known then. Cost O(cells). */
export function withoutPart(column: GridColumn, whole: ColumnTotals, part: ColumnTotals): ColumnTotals {
  const less = (figure: 'valued' | 'nulls' | 'notANumber' | 'typeErrors' | 'unseen' | 'rows' | 'sum') => whole[figure] - part[figure];
  const rest = {
    cells: whole.cells.map((count, cell) => count - (part.cells[cell] as number)),
    valued: less('valued'),
    nulls: less('nulls'),
    notANumber: less('notANumber'),
    typeErrors: less('typeErrors'),
    unseen: less('unseen'),
    rows: less('rows'),
    lowExcess: Math.max(0, whole.lowExcess - part.lowExcess),
    highExcess: Math.max(0, whole.highExcess - part.highExcess),
    sum: less('sum'),
  };
  if (column.kind === 'categorical' || rest.valued === 0) return rest;
  const squares = (totals: ColumnTotals) => totals.valued * (totals.variance ?? 0) + totals.sum ** 2 / Math.max(1, totals.valued);
  const offset = rest.sum / rest.valued;
  return {
    ...rest,
    mean: column.centre + offset,
    variance: Math.max(0, (squares(whole) - squares(part)) / rest.valued - offset ** 2),
  };
}

function addInts(texts: readonly (Int | undefined)[]): bigint {
  return texts.reduce((sum, text) => sum + BigInt(text ?? '0'), 0n);
}

function emptyCells(column: GridColumn): number[] {
  return new Array<number>(column.kind === 'numeric' ? column.edges.length + 1 : column.categories.length + 1).fill(0);
}
