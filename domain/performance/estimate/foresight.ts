import type { PastBlocks } from '../../calendar/past-blocks.ts';
import type { OutcomeCounts, Partition } from '../../ledger/entry.ts';
import { type Counts, total } from '../../statistics/counts.ts';
import type { HistoryTest } from '../../statistics/test-against-history.ts';
import type { ErrorDay } from '../errors/error-day.ts';
import type { OutcomeDay } from '../outcome-day.ts';

/** A day with outcomes, and where its errors lie by column. */
export interface KnownDay extends OutcomeDay {
  readonly errors: ErrorDay['columns'];
}

export interface Expected {
  /** Counts like those of known outcomes, so that every metric is measured of both alike. */
  readonly outcomes: OutcomeCounts;
  /** How many known outcomes they were made from. */
  readonly madeFrom: number;
  /** Share of the rows, 0…1, of whose like fewer than 30 outcomes are known. */
  readonly uncovered: number;
}

/**
 * How outcomes that are not known yet are foreseen from what can be seen of a row without its own, and when that may be believed. There is one for each
 * kind of prediction; `Rows` are rows without outcomes as it counts them.
 */
export interface Foresight<Rows = unknown> {
  /** What it takes to mean what they meant, in words. */
  readonly signs: 'scores' | 'predicted classes' | 'predictions';
  readonly mistakes: 'wrong answers' | 'errors';
  /** Whether a day carries the counts it is made from. */
  isKnown(day: KnownDay): boolean;
  rowsIn(window: readonly Partition[]): Rows;
  /** Days with outcomes as if they had none yet. */
  rowsOf(days: readonly KnownDay[]): Rows;
  /** Undefined without known outcomes or without rows. */
  expect(known: readonly KnownDay[], rows: Rows): Expected | undefined;
  /** What outcomes some days lack to be made from, in words that follow "needs". */
  lacksOf(days: readonly KnownDay[]): string | undefined;
  /** Upper bound of how wrong rates of some days were on others; absent where there are no rates. */
  calibrationGap?(before: readonly KnownDay[], fresh: readonly KnownDay[]): number | undefined;
  /** Do signs and outcomes of the newest days together look as they did before? */
  testConcept(before: readonly KnownDay[], newest: readonly KnownDay[], past: PastBlocks): HistoryTest;
  /** The same of the cells of a column and the mistakes in them. */
  testColumn(name: string, before: readonly KnownDay[], newest: readonly KnownDay[], past: PastBlocks): HistoryTest;
}

/** Under so many outcomes nothing is made from them. */
export const fewestOutcomes = 500;
/** Under so many of a class that the metric weighs, what is made from them is not known well enough. */
export const fewestOfAKind = 50;
const fewestInCell = 30;

/** @param outcomes that are known, cell by cell of the rows */
export function uncoveredShare(rows: Counts, outcomes: Counts): number {
  const all = total(rows);
  return all <= 0 ? 0 : total(rows.filter((_, cell) => (outcomes[cell] as number) < fewestInCell)) / all;
}
