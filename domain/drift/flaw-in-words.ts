import type { Flaw } from './flaw-day.ts';

/** What follows a share of rows: "3% of rows are missing". */
export const flawInWords: Readonly<Record<Flaw, string>> = {
  nulls: 'missing',
  notANumber: 'not a number',
  infinite: 'infinite',
  outOfRange: 'outside the declared range',
  stale: 'as old as the oldest of the baseline, or older,',
  empty: 'empty',
  typeErrors: 'of the wrong type',
  unseen: 'in categories never seen before',
  unlabelled: 'matured and without an outcome',
  orphaned: 'without a prediction',
};
