import type { ColumnRole } from './grid.ts';

/** What one column held in a sample of rows, in the order of the rows; the ground on which its cells are cut. */
export type ColumnSample = NumericSample | CategoricalSample;

export interface NumericSample {
  readonly name: string;
  readonly role: ColumnRole;
  readonly kind: 'numeric';
  /** What the numbers are of, as in a grid. */
  readonly of?: 'time' | 'text';
  /** Why it was taken for what it is; absent where it was declared, or its type says it. */
  readonly because?: string;
  /** Finite values only. */
  readonly values: Float64Array | readonly number[];
}

export interface CategoricalSample {
  readonly name: string;
  readonly role: ColumnRole;
  readonly kind: 'categorical';
  readonly of?: 'boolean';
  readonly because?: string;
  readonly values: readonly string[];
}
