import type { Digest } from '../identity/names.ts';

/** What may be told of rows that are kept apart: which they are, and how many. */
export interface WorstRowsReference {
  readonly digest: Digest;
  readonly rows: number;
}
