import type { ColumnKind } from '../../../domain/grid/grid.ts';

/** A column to be read: where it stands in the rows, and as what. */
export interface Wanted {
  readonly name: string;
  readonly part: 'feature' | 'prediction' | 'score' | 'label';
  readonly kind: ColumnKind;
}

/** Some rows, column by column. */
export interface Batch {
  readonly rows: number;
  /** Null: missing. */
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

/** Numbers hold `absent` and `wrongType` in place; texts hold null and undefined. */
export type Values =
  | { readonly kind: 'numeric'; readonly values: Float64Array }
  | { readonly kind: 'categorical'; readonly values: readonly (string | null | undefined)[] };

/** Stand for a null and for a value that is no number. The two outermost doubles, which no measurement is. */
export const absent = Number.MAX_VALUE;
export const wrongType = -Number.MAX_VALUE;

/** What a reader meets besides rows. */
export interface Found {
  /** Lines that are no records. */
  malformed: number;
}
