import type { GridColumn } from '../grid/grid.ts';
import { blockT } from '../statistics/block-t.ts';
import { historyBlocks } from '../statistics/history-blocks.ts';
import { type HistoryTest, testAgainstHistory } from '../statistics/test-against-history.ts';
import type { ColumnDay } from './column-day.ts';
import { totalColumn } from './column-totals.ts';

export type Flaw = 'nulls' | 'notANumber' | 'typeErrors' | 'unseen';

export interface FlawShare {
  readonly column: string;
  readonly flaw: Flaw;
  /** Rows with the flaw over all rows, 0…1. */
  readonly share: number;
  readonly reference: number;
  readonly rows: number;
  readonly test: HistoryTest;
}

const flaws: readonly Flaw[] = ['nulls', 'notANumber', 'typeErrors', 'unseen'];

type FlawDay = { readonly day: string; readonly rows: number } & Readonly<Record<Flaw, number>>;

/** The share of each flaw in one column, and whether it rose by more than stable blocks differ (ratio block t, one-sided). */
export function measureQuality(
  column: GridColumn,
  baselineDays: readonly ColumnDay[],
  windowColumnDays: readonly ColumnDay[],
  windowDays: number,
): FlawShare[] {
  const toFlaws = ({ day, counts }: ColumnDay): FlawDay => ({ day, ...totalColumn(column, [counts]) });
  const [baseline, window] = [baselineDays.map(toFlaws), windowColumnDays.map(toFlaws)];
  const rowsOf = ({ rows }: FlawDay) => rows;
  const history = historyBlocks(baseline, windowDays, rowsOf);
  return flaws.map((flaw) => ({
    column: column.name,
    flaw,
    share: shareOf(flaw, window),
    reference: shareOf(flaw, baseline),
    rows: sum(window, 'rows'),
    test: testAgainstHistory(history, window, rowsOf, (blocks, against) => testRise(flaw, blocks, against)),
  }));
}

function testRise(flaw: Flaw, blocks: readonly (readonly FlawDay[])[], window: readonly FlawDay[]): number | undefined {
  const sums = (days: readonly FlawDay[]) => ({ y: sum(days, flaw), x: sum(days, 'rows') });
  const [before, now] = [shareOf(flaw, blocks.flat()), shareOf(flaw, window)];
  return blockT(blocks.map(sums), sums(window), { blocks: before * (1 - before), window: now * (1 - now) })?.pGreater;
}

function shareOf(flaw: Flaw, days: readonly FlawDay[]): number {
  const rows = sum(days, 'rows');
  return rows === 0 ? 0 : sum(days, flaw) / rows;
}

function sum(days: readonly FlawDay[], part: Flaw | 'rows'): number {
  return days.reduce((total, day) => total + day[part], 0);
}
