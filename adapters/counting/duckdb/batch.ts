import type { ColumnKind, Grid } from '../../../domain/grid/grid.ts';

/** A column to be read: where it stands in the rows, and as what. */
export interface Wanted {
  readonly name: string;
  readonly part: 'feature' | 'prediction' | 'score' | 'label';
  readonly kind: ColumnKind;
  /** What numbers or names are of, as in a grid. */
  readonly of?: 'time' | 'text' | 'boolean';
}

/** The columns of a grid, in its order. */
export function wantedOfGrid({ columns }: Pick<Grid, 'columns'>): Wanted[] {
  return columns.map(({ name, role, kind, of }) => ({ name, part: role, kind, ...(of && { of }) }));
}

/** Most rows a batch holds, two of DuckDB's chunks: while one batch is counted DuckDB makes one chunk, so of more it must be waited for. */
export const rowsPerBatch = 4096;

/** Some rows, column by column. It is good until the next one is asked for: readers write the next rows over it. */
export interface Batch {
  readonly rows: number;
  /** Null: missing. Empty where rows have no identity. */
  readonly ids: readonly (string | null)[];
  /** Event time in milliseconds since 1970, UTC; NaN: missing. */
  readonly times: Float64Array;
  /** Absent: the source names no version. */
  readonly versions?: readonly (string | null)[];
  /** 1 where the request failed: the row holds no prediction. */
  readonly failed?: Uint8Array;
  /** In the order in which the columns were wanted. */
  readonly columns: readonly Values[];
}

/** Behind the batch's rows anything may stand. Numbers hold `absent` and `wrongType` in place. `codes` are places among `texts`, or one of the two below. */
export type Values =
  | { readonly kind: 'numeric'; readonly values: Float64Array }
  | { readonly kind: 'categorical'; readonly codes: Int32Array; readonly texts: readonly string[] };

/** Stand for a null and for a value that is no text. */
export const absentCode = -1;
export const wrongTypeCode = -2;

/** Stand for a null and for a value that is no number. The two outermost doubles, which no measurement is. */
export const absent = Number.MAX_VALUE;
export const wrongType = -Number.MAX_VALUE;

/** What a reader meets besides rows. */
export interface Found {
  /** Lines that are no records. */
  malformed: number;
  /** Names of the features its rows have. Of JSON lines those that some line has, the first 10,000; absent: not asked. */
  readonly features?: Set<string>;
}
