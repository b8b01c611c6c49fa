/** One way to tell rows apart that is declared in advance. What is in none of its parts is only in the whole. */
export type Dimension = PlainDimension | CrossedDimensions;

export type PlainDimension = ValuesOfColumn | RangeOfColumn;

/** One part for each value, compared as text: whole numbers without a point, `true` and `false`. */
export interface ValuesOfColumn {
  readonly by: 'values';
  readonly name: string;
  readonly column: string;
  readonly values: readonly string[];
}

/**
 * One part: the rows whose number lies within all bounds that are given. By `age` the column holds an instant, such as when somebody was first
 * seen, and the number is how many days before the row's event time that was. A row without a number is not in it.
 */
export interface RangeOfColumn {
  readonly by: 'range' | 'age';
  readonly name: string;
  readonly column: string;
  readonly above?: number;
  readonly from?: number;
  readonly below?: number;
  readonly upTo?: number;
}

/** One part for each pair of parts of two other dimensions. */
export interface CrossedDimensions {
  readonly by: 'cross';
  readonly name: string;
  readonly of: readonly [string, string];
}

export function isWithin({ above, from, below, upTo }: RangeOfColumn, value: number): boolean {
  return (
    (above === undefined || value > above) &&
    (from === undefined || value >= from) &&
    (below === undefined || value < below) &&
    (upTo === undefined || value <= upTo)
  );
}
