import type { GridColumn } from '../../grid/grid.ts';
import { benjaminiHochberg } from '../../statistics/benjamini-hochberg.ts';
import { blockT } from '../../statistics/block-t.ts';
import { differenceOfEstimates } from '../../statistics/difference-of-estimates.ts';
import type { DifferenceT } from '../../statistics/difference-t.ts';
import type { HistoryBlocks } from '../../statistics/history-blocks.ts';
import { ratioInterval } from '../../statistics/ratio-interval.ts';
import type { RatioSums } from '../../statistics/ratio-sums.ts';
import { testAgainstHistory } from '../../statistics/test-against-history.ts';
import type { ErrorDay } from './error-day.ts';
import type { ErrorRange } from './error-patterns.ts';
import { whereOf } from './where-of.ts';

const fewestRows = 30;
const level = 0.05;
/** A range is told of when it became worse by so many times as much as all rows did. */
const leastLift = 1.5;
const mostTold = 10;

export interface ErrorComparison {
  readonly columns: readonly GridColumn[];
  /** Of one unit of loss. */
  readonly unit: number;
  readonly anchor: readonly ErrorDay[];
  readonly window: readonly ErrorDay[];
  /** Or that rows are independent, and anchor and window random parts and no days. */
  readonly history: HistoryBlocks<ErrorDay> | 'independentRows';
  /** Mean loss of all rows. */
  readonly before: number;
  readonly now: number;
  /** The loss is 0 or 1 a row. */
  readonly isShare: boolean;
}

/**
 * Which cells of which columns became worse, and by more than all rows did: each is tested against its own past, raised by the
 * factor by which all rows became worse (one-sided block t), false discoveries held at 5% over all of them. Neighbouring cells of numbers are told as one range. Cells of under 30 rows before or now are not looked at.
 *
 * Cost O(columns × cells × days).
 */
export function measureRanges(comparison: ErrorComparison): { ranges: ErrorRange[]; tested: number } {
  const tested = comparison.columns.flatMap((column) => testCells(column, comparison));
  const adjusted = benjaminiHochberg(tested.map(({ pValue }) => pValue));
  const lift = Math.max(0, comparison.now - comparison.before) * leastLift;
  const found = tested
    .map((cell, index) => ({ ...cell, adjustedPValue: adjusted[index] as number }))
    .filter(({ excess, adjustedPValue }) => adjustedPValue <= level && excess > 0 && excess >= lift);
  const ranges = joined(found).map((cells) => measureRange(cells, comparison));
  const carried = ({ shareOfRows, before, now }: ErrorRange) => shareOfRows * (now - before);
  return { ranges: ranges.sort((a, b) => carried(b) - carried(a)).slice(0, mostTold), tested: tested.length };
}

/** p-value of the rise of the mean loss over all rows; undefined where the past is too short. */
export function testRise(comparison: ErrorComparison): number | undefined {
  const { columns, unit, window } = comparison;
  const [first] = columns;
  if (first === undefined) return undefined;
  const cells = Array.from(window[0]?.columns[first.name]?.rows.keys() ?? []);
  return riseOf((days) => sumCells(days, first.name, cells, unit), 1, comparison);
}

/** p-value of the rise of a loss over what it was, times a factor. */
function riseOf(sumOf: (days: readonly ErrorDay[]) => RatioSums, factor: number, compared: ErrorComparison): number | undefined {
  const { anchor, window, history, isShare } = compared;
  const raised = ({ x, y }: RatioSums): RatioSums => ({ x, y: factor * y });
  if (history === 'independentRows') {
    return compareParts(ofEach(anchor, sumOf).map(raised), ofEach(window, sumOf), isShare)?.pGreater;
  }
  const test = testAgainstHistory(
    history,
    window,
    ({ rows }) => rows,
    (blocks, against) => compare(blocks.map(sumOf).map(raised), sumOf(against), isShare)?.pGreater,
  );
  return test.kind === 'none' ? undefined : test.pValue;
}

interface TestedCell {
  readonly column: GridColumn;
  readonly cell: number;
  readonly excess: number;
  readonly pValue: number;
}

interface FoundCell extends TestedCell {
  readonly adjustedPValue: number;
}

function testCells(column: GridColumn, comparison: ErrorComparison): TestedCell[] {
  const { unit, anchor, window, ...whole } = comparison;
  const rise = whole.before > 0 ? Math.max(1, whole.now / whole.before) : 1;
  const cells = window[0]?.columns[column.name]?.rows.length ?? 0;
  return Array.from({ length: cells }, (_, cell) => cell).flatMap((cell) => {
    const sumOf = (days: readonly ErrorDay[]) => sumCells(days, column.name, [cell], unit);
    const [before, now] = [sumOf(anchor), sumOf(window)];
    if (before.x < fewestRows || now.x < fewestRows) return [];
    const pValue = riseOf(sumOf, rise, comparison);
    return pValue === undefined ? [] : [{ column, cell, excess: now.y / now.x - before.y / before.x, pValue }];
  });
}

function compare(blocks: readonly RatioSums[], window: RatioSums, isShare: boolean): DifferenceT | undefined {
  return blockT(blocks, window, { blocks: varianceOf(blocks, isShare), window: varianceOf([window], isShare) });
}

function compareParts(before: readonly RatioSums[], now: readonly RatioSums[], isShare: boolean): DifferenceT | undefined {
  const [past, window] = [before, now].map((parts) => {
    const interval = ratioInterval(parts, varianceOf(parts, isShare));
    return interval && { ...interval, degrees: parts.filter(({ x }) => x > 0).length - 1 };
  });
  return past && window && differenceOfEstimates(past, window);
}

/** A share is never surer than the binomial; of quantities only blocks tell how far losses vary. */
function varianceOf(sums: readonly RatioSums[], isShare: boolean): number {
  const share = sums.reduce((so, { y }) => so + y, 0) / sums.reduce((so, { x }) => so + x, 0);
  return isShare && share < 1 ? share * (1 - share) : 0;
}

function sumCells(days: readonly ErrorDay[], column: string, cells: readonly number[], unit: number): RatioSums {
  let [rows, loss] = [0, 0];
  for (const { columns } of days) {
    const counts = columns[column];
    for (const cell of cells) {
      rows += counts?.rows[cell] ?? 0;
      loss += counts?.loss[cell] ?? 0;
    }
  }
  return { x: rows, y: loss * unit };
}

function ofEach(days: readonly ErrorDay[], sumOf: (days: readonly ErrorDay[]) => RatioSums): RatioSums[] {
  return days.map((day) => sumOf([day]));
}

/** Runs of neighbouring cells of one numeric column; each category by itself. */
function joined(found: readonly FoundCell[]): FoundCell[][] {
  const runs: FoundCell[][] = [];
  for (const cell of found) {
    const last = runs.at(-1)?.at(-1);
    const follows = last?.column === cell.column && cell.column.kind === 'numeric' && cell.cell === last.cell + 1;
    if (follows && whereOf(cell.column, cell.cell, cell.cell) !== 'no value') runs.at(-1)?.push(cell);
    else runs.push([cell]);
  }
  return runs;
}

function measureRange(cells: readonly FoundCell[], { unit, anchor, window, history, before, now, isShare }: ErrorComparison): ErrorRange {
  const [first, last] = [cells[0] as FoundCell, cells.at(-1) as FoundCell];
  const places = cells.map(({ cell }) => cell);
  const sumOf = (days: readonly ErrorDay[]) => sumCells(days, first.column.name, places, unit);
  const [was, is] = [sumOf(anchor), sumOf(window)];
  const differenceOf = () => {
    if (history === 'independentRows') return compareParts(ofEach(anchor, sumOf), ofEach(window, sumOf), isShare);
    return history.unit === 'none' ? undefined : compare(history.blocks.map(sumOf), is, isShare);
  };
  const rows = window.reduce((sum, day) => sum + day.rows, 0);
  const difference = differenceOf();
  const excess = (is.y / is.x - was.y / was.x) * (is.x / rows);
  return {
    column: first.column.name,
    where: whereOf(first.column, first.cell, last.cell),
    rows: is.x,
    shareOfRows: is.x / rows,
    before: was.y / was.x,
    now: is.y / is.x,
    ...(difference && { interval: difference.interval }),
    ...(now > before && { shareOfExcess: excess / (now - before) }),
    adjustedPValue: Math.max(...cells.map(({ adjustedPValue }) => adjustedPValue)),
  };
}
