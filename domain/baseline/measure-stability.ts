import { blockScores } from '../drift/block-scores.ts';
import type { ColumnDay } from '../drift/column-day.ts';
import { type ColumnTotals, totalColumn, withoutPart } from '../drift/column-totals.ts';
import { type ColumnStatistics, measureStatistics } from '../drift/measure-statistics.ts';
import { testMovement } from '../drift/test-movement.ts';
import type { GridColumn } from '../grid/grid.ts';
import type { ColumnCounts } from '../ledger/entry.ts';
import { total } from '../statistics/counts.ts';
import { historyBlocks } from '../statistics/history-blocks.ts';
import { trendPValue } from '../statistics/trend.ts';

/** Something that speaks against a stretch of days being steady: how sure it is, and how far it led. */
export interface Unrest {
  readonly column: GridColumn;
  /** `trend`: the blocks move one way. `odd`: this block is not like the others. */
  readonly kind: 'trend' | 'odd';
  /** First and last day it is about, `YYYY-MM-DD`. */
  readonly from: string;
  readonly to: string;
  readonly pValue: number;
  /** Of a trend: its last third against its first. Of an odd block: it against all others. */
  measureEffect(): ColumnStatistics;
}

interface Piece {
  readonly from: string;
  readonly to: string;
  readonly days: readonly ColumnCounts[];
  readonly totals: ColumnTotals;
}

/**
 * Everything that could be said against a column's days being steady, each with its p-value: a trend in the blocks' scores on their first
 * component, and each block against all others by the test of a check. Blocks are as long as a check's window, or single days.
 *
 * @param days in any order, one for each day
 * @returns undefined when the days are too few to be cut into blocks
 *
 * Cost O(blocks^3 x 10).
 */
export function measureStability(column: GridColumn, days: readonly ColumnDay[], windowDays: number): Unrest[] | undefined {
  const filled = days.map((day) => ({ ...day, rows: total(day.counts.cells) }));
  const history = historyBlocks(filled, windowDays, ({ rows }) => rows);
  if (history.unit === 'none') return undefined;
  const pieces = history.blocks.map((block) => pieceOf(column, block)).toReversed();
  return [...trendOf(column, pieces), ...oddOnes(column, pieces)];
}

function pieceOf(column: GridColumn, block: readonly ColumnDay[]): Piece {
  const names = block.map(({ day }) => day.slice(0, 10)).sort();
  const days = block.map(({ counts }) => counts);
  return { from: names[0] as string, to: names.at(-1) as string, days, totals: totalColumn(column, days) };
}

function trendOf(column: GridColumn, pieces: readonly Piece[]): Unrest[] {
  const pValue = trendPValue(
    blockScores(
      column,
      pieces.map(({ totals }) => totals),
    ),
  );
  if (pValue === undefined) return [];
  const third = Math.max(1, Math.floor(pieces.length / 3));
  const measureEffect = () => measureStatistics(column, sumOf(column, pieces.slice(0, third)), sumOf(column, pieces.slice(-third)), []);
  return [{ column, kind: 'trend', from: (pieces[0] as Piece).from, to: (pieces.at(-1) as Piece).to, pValue, measureEffect }];
}

function oddOnes(column: GridColumn, pieces: readonly Piece[]): Unrest[] {
  const whole = sumOf(column, pieces);
  return pieces.flatMap(({ from, to, totals }, at) => {
    const others = pieces.filter((_, other) => other !== at).map((piece) => piece.totals);
    const pValue = testMovement(column, others, totals);
    const measureEffect = () => measureStatistics(column, withoutPart(column, whole, totals), totals, []);
    return pValue === undefined ? [] : [{ column, kind: 'odd' as const, from, to, pValue, measureEffect }];
  });
}

function sumOf(column: GridColumn, pieces: readonly Piece[]): ColumnTotals {
  return totalColumn(
    column,
    pieces.flatMap(({ days }) => days),
  );
}
