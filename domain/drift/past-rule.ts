import type { HistoryTest } from '../statistics/test-against-history.ts';

/** How the past is used: cut into blocks of so many days, as long as the window; or as one sample of independent rows. */
export type PastRule = number | 'independentRows';

/** All rows of the window against all rows of the past: what has no time can be tested in no other way. */
export interface RowTest {
  readonly kind: 'independentRows';
  readonly pValue: number;
}

export type PastTest = HistoryTest | RowTest;
