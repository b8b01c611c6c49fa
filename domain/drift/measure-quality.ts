import type { GridColumn } from '../grid/grid.ts';
import { blockT } from '../statistics/block-t.ts';
import { chiSquare } from '../statistics/chi-square.ts';
import { historyBlocks } from '../statistics/history-blocks.ts';
import { testAgainstHistory } from '../statistics/test-against-history.ts';
import type { ColumnDay } from './column-day.ts';
import { type ColumnFlaw, type FlawDay, flawDay, flawsOf } from './flaw-day.ts';
import type { PastRule, PastTest } from './past-rule.ts';
import { seenNowhereElse, seenOnce } from './seen-once.ts';
import { type ToldNames, toldNames } from './told-names.ts';

/**
 * Two are not of a column: of `unlabelled` rows are matured predictions, and the flaw is to have no outcome; of `orphaned` they are outcomes,
 * and it is to have no prediction.
 */
export type Flaw = ColumnFlaw | 'unlabelled' | 'orphaned';

export interface FlawShare {
  readonly column: string;
  readonly flaw: Flaw;
  /** Rows with the flaw over all rows, 0…1. */
  readonly share: number;
  /** The same of the baseline; of `unseen` what is to be expected when nothing moves (Good–Turing: what was seen once, counts as new). */
  readonly reference: number;
  readonly rows: number;
  readonly test: PastTest;
  /** Of `unseen`. */
  readonly newNames?: ToldNames;
  /** Needs no test, and no threshold: it cannot be chance, nor be meant. */
  readonly certain?: true;
}

/** The share of each flaw in one column, and whether it rose by more than stable blocks differ (ratio block t, one-sided) or rows do. */
export function measureQuality(
  column: GridColumn,
  baselineDays: readonly ColumnDay[],
  windowColumnDays: readonly ColumnDay[],
  past: PastRule,
): FlawShare[] {
  const toFlaws = (day: ColumnDay) => flawDay(column, day);
  const [baseline, window] = [baselineDays.map(toFlaws), windowColumnDays.map(toFlaws)];
  const rowsOf = ({ rows }: FlawDay) => rows;
  const history = past === 'independentRows' ? undefined : historyBlocks(baseline, past, rowsOf);
  const asNew = column.kind === 'categorical' ? seenOnce(baseline.map(({ cells }) => cells)) : 0;
  const newNames = column.kind === 'categorical' ? toldNames(windowColumnDays.map(({ counts }) => counts)) : undefined;
  const flaws = flawsOf(column).filter((flaw) => flaw !== 'empty' || [...baselineDays, ...windowColumnDays].every(toldEmpty));
  return flaws.map((flaw) => {
    const before = { y: sum(baseline, flaw) + (flaw === 'unseen' ? asNew : 0), x: sum(baseline, 'rows') };
    const now = { y: sum(window, flaw), x: sum(window, 'rows') };
    return {
      column: column.name,
      flaw,
      share: shareOf(now),
      reference: shareOf(before),
      rows: now.x,
      test:
        history === undefined
          ? testRiseOfRows(before, now)
          : testAgainstHistory(history, window, rowsOf, (blocks, against) => testRise(column, flaw, blocks, against)),
      ...(flaw === 'unseen' && newNames && { newNames }),
    };
  });
}

/** Older programs did not count empty texts, though there were some. */
function toldEmpty({ counts }: ColumnDay): boolean {
  return counts.min !== 0 || counts.empty !== undefined;
}

interface Flawed {
  /** Rows with the flaw. */
  readonly y: number;
  /** All rows. */
  readonly x: number;
}

function testRise(
  column: GridColumn,
  flaw: ColumnFlaw,
  blocks: readonly (readonly FlawDay[])[],
  against: readonly FlawDay[],
): number | undefined {
  const asNew = flaw === 'unseen' && column.kind === 'categorical' ? seenNowhereElse(blocks.map(cellsOf)) : undefined;
  const before = blocks.map((days, block) => ({ y: sum(days, flaw) + (asNew?.[block] ?? 0), x: sum(days, 'rows') }));
  const now = { y: sum(against, flaw), x: sum(against, 'rows') };
  const [p, q] = [shareOf({ y: totalOf(before, 'y'), x: totalOf(before, 'x') }), shareOf(now)];
  return blockT(before, now, { blocks: p * (1 - p), window: q * (1 - q) })?.pGreater;
}

/** Two-sample chi-square of flawed and sound rows, one-sided. */
function testRiseOfRows(before: Flawed, now: Flawed): PastTest {
  const test = chiSquare([before.y, before.x - before.y], [now.y, now.x - now.y]);
  if (test === undefined) return { kind: 'none', missing: 'rows in both' };
  return { kind: 'independentRows', pValue: shareOf(now) > shareOf(before) ? test.pValue / 2 : 1 - test.pValue / 2 };
}

function cellsOf(days: readonly FlawDay[]): readonly (readonly number[])[] {
  return days.map(({ cells }) => cells);
}

function shareOf({ y, x }: Flawed): number {
  return x === 0 ? 0 : y / x;
}

function totalOf(blocks: readonly Flawed[], part: keyof Flawed): number {
  return blocks.reduce((rows, block) => rows + block[part], 0);
}

function sum(days: readonly FlawDay[], part: ColumnFlaw | 'rows'): number {
  return days.reduce((rows, day) => rows + day[part], 0);
}
