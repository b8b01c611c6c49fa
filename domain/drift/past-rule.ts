import type { PastBlocks } from '../calendar/past-blocks.ts';
import type { HistoryTest } from '../statistics/test-against-history.ts';

/** How the past is used: cut into blocks that a window can be compared with; or as one sample of independent rows. */
export type PastRule = PastBlocks | 'independentRows';

/** All rows of the window against all rows of the past: what has no time can be tested in no other way. */
export interface RowTest {
  readonly kind: 'independentRows';
  readonly pValue: number;
}

export type PastTest = HistoryTest | RowTest;
