import type { PastBlocks } from '../calendar/past-blocks.ts';
import type { GridColumn } from '../grid/grid.ts';
import { total } from '../statistics/counts.ts';
import type { DifferenceT } from '../statistics/difference-t.ts';
import { historyBlocks, singleDays, windowBlocks } from '../statistics/history-blocks.ts';
import { type LaterBlocks, laterOf } from '../statistics/later-blocks.ts';
import { isWider } from '../statistics/stable-blocks.ts';
import { type HistoryTest, testedAgainst, testedByBoth } from '../statistics/test-against-history.ts';
import type { ColumnDay } from './column-day.ts';
import { type ColumnTotals, totalDays } from './column-totals.ts';
import { type AlarmRule, stableColumnBlocks } from './stable-column-blocks.ts';
import { movementTest, testShift } from './test-movement.ts';

/** Windows like the one measured that came after the baseline and before it, newest first, and what makes one of them an alarm. */
export interface LaterWindows extends AlarmRule {
  readonly windows: readonly (readonly ColumnDay[])[];
}

/** What a window of a column is held against. */
export interface ColumnPast {
  /** What the baseline falls into: blocks as long as the window, or single days where those are too few. */
  readonly pieces: readonly ColumnTotals[];
  /** All pieces together. */
  readonly whole: ColumnTotals;
  /** Of the pieces, where they are as long as the window. */
  readonly own: readonly ColumnTotals[];
  /** Blocks as long as the window that tell how far stable ones differ, and those of them that are the baseline's; none where they are too few. */
  readonly blocks: readonly ColumnTotals[];
  readonly reference: readonly ColumnTotals[];
  readonly later?: LaterBlocks;
  /** How many pieces the window is as long as. */
  readonly inWindow: number;
  readonly test: HistoryTest;
  /** Absent for categories, and where there is nothing to test against. */
  readonly shiftError?: ShiftError;
}

/** How well a test sees a shift of the mean. */
export interface ShiftError {
  /** Of the shift, in the column's unit; of single days that of the median one. */
  readonly standardError: number;
  readonly degrees: number;
  /** The p-value of a shift is its one-sided one times this: two sides, shape and mean, and what is asked in several ways or on several days. */
  readonly times: number;
}

const sidesAndKinds = 4;

/**
 * How far stable blocks differ is learnt from the baseline's blocks and from the later ones that were as steady, see
 * {@link stableColumnBlocks}; where both together are too few, from the baseline alone. Where they are enough, the baseline alone is asked as well.
 *
 * Cost O(days × cells + blocks² × cells).
 */
export function columnPast(
  column: GridColumn,
  { days: baselineDays, totals: baseline }: { readonly days: readonly ColumnDay[]; readonly totals: ColumnTotals },
  windowDays: readonly ColumnDay[],
  past: PastBlocks,
  later: LaterWindows | undefined,
): ColumnPast {
  const totalsOf = (days: readonly ColumnDay[]) => totalDays(column, days);
  const days = withRows(baselineDays);
  const history = historyBlocks(days, past, rowsOf);
  const inPieces = history.unit === 'none' ? [] : history.blocks;
  const pieces = inPieces.map(totalsOf);
  const own = history.unit === 'window' ? pieces : [];
  const ofWindow = withRows(windowDays);
  const compared = (history.unit === 'day' ? singleDays(ofWindow, rowsOf) : [ofWindow]).map(totalsOf);
  const alone = testedAgainst(history, compared.map(movementTest(column, pieces)));
  const inAll = inPieces.flat();
  const whole = inAll.length === baselineDays.length ? baseline : totalsOf(inAll);
  const common = { pieces, whole, own, inWindow: compared.length };
  const withShift = (shiftError: ShiftError | undefined) => (shiftError ? { shiftError } : {});

  const stable =
    later === undefined || later.windows.length === 0
      ? undefined
      : stableColumnBlocks(
          column,
          {
            baseline,
            blocks: history.unit === 'window' ? own : windowBlocks(days, past, rowsOf).map(totalsOf),
            later: later.windows.map(totalsOf),
          },
          later,
        );
  const told = stable ? { later: laterOf(stable) } : {};
  if (stable === undefined || !isWider(stable)) {
    const times = history.unit === 'day' ? 2 * sidesAndKinds : sidesAndKinds;
    const shift = medianError(
      compared.flatMap((one) => testShift(pieces, one) ?? []),
      times,
    );
    return { ...common, ...told, ...withShift(shift), blocks: own, reference: own, test: alone };
  }

  const { blocks, reference } = stable;
  const window = totalsOf(windowDays);
  return {
    ...common,
    ...told,
    ...withShift(errorOf(testShift(blocks, window, reference), 2 * sidesAndKinds)),
    blocks,
    reference,
    test: testedByBoth(blocks.length, movementTest(column, blocks, reference)(window), alone),
  };
}

function errorOf(shift: DifferenceT | undefined, times: number): ShiftError | undefined {
  return shift && { standardError: shift.standardError, degrees: shift.degrees, times };
}

function medianError(shifts: readonly DifferenceT[], times: number): ShiftError | undefined {
  const rising = [...shifts].sort((one, other) => one.standardError - other.standardError);
  return errorOf(rising[Math.floor(rising.length / 2)], times);
}

/** Days with their rows that have a cell, counted once. */
function withRows(days: readonly ColumnDay[]): (ColumnDay & { readonly rows: number })[] {
  return days.map((day) => ({ ...day, rows: total(day.counts.cells) }));
}

function rowsOf({ rows }: { readonly rows: number }): number {
  return rows;
}
