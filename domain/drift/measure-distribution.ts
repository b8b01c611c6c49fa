import type { CategoricalColumn, GridColumn, NumericColumn } from '../grid/grid.ts';
import { shortName } from '../report/short-name.ts';
import { type CellGroups, mergeCells } from '../statistics/cell-groups.ts';
import { type Counts, total } from '../statistics/counts.ts';
import { shares } from '../statistics/shares.ts';
import type { ColumnTotals } from './column-totals.ts';
import type { Distribution } from './distribution.ts';
import { arePublishable, publishableBars } from './publishable-bars.ts';

const mostBars = 24;
const mostNamed = 9;
/** What a picture of numbers leaves to each of its open bars, of either sample. */
const tailShare = 0.005;

/**
 * The shares of a column's values, for a small picture of it: numbers on at most 26 bars of about equal width, with the tails in the two
 * open ones; of categories the nine largest and all others.
 *
 * @returns undefined when either sample has fewer than ten rows with a value
 *
 * Cost O(cells).
 */
export function measureDistribution(column: GridColumn, baseline: ColumnTotals, window: ColumnTotals): Distribution | undefined {
  return column.kind === 'numeric' ? ofNumbers(column, baseline.cells, window.cells) : ofCategories(column, baseline.cells, window.cells);
}

function ofNumbers({ edges }: NumericColumn, before: Counts, now: Counts): Distribution | undefined {
  const begins = [0, ...shownEdges(edges, [before, now]).map((edge) => edge + 1), before.length];
  const slots = begins.slice(1).map((end, slot) => cellsFrom(begins[slot] as number, end));
  const bars = publishableBars(slots, [before, now]);
  const spread = spreadOver(bars, before, now);
  return spread && { kind: 'numeric', edges: bars.slice(1).map(([cell]) => edges[(cell as number) - 1] as number), ...spread };
}

/** Which edges part the bars: those next to equal steps between the tails. Indices, ascending. */
function shownEdges(edges: readonly number[], samples: readonly Counts[]): number[] {
  const below = samples.map(cumulativeShares);
  const inTail = (share: (sample: readonly number[]) => number) => below.every((sample) => share(sample) <= tailShare);
  const first = Math.max(
    0,
    edges.findLastIndex((_, edge) => inTail((sample) => sample[edge] as number)),
  );
  const found = edges.findIndex((_, edge) => edge >= first && inTail((sample) => 1 - (sample[edge] as number)));
  const last = found === -1 ? edges.length - 1 : found;
  const [low, high] = [edges[first] as number, edges[last] as number];
  const chosen: number[] = [];
  let step = 0;
  for (let edge = first; edge <= last; edge++) {
    const reached = mostBars * (((edges[edge] as number) - low) / (high - low || 1));
    if (reached < step && edge < last) continue;
    chosen.push(edge);
    step = Math.floor(reached) + 1;
  }
  return chosen;
}

/** Share of the rows below each edge. */
function cumulativeShares(counts: Counts): number[] {
  const rows = total(counts) || 1;
  let sum = 0;
  return counts.map((count) => {
    sum += count;
    return sum / rows;
  });
}

function cellsFrom(begin: number, end: number): number[] {
  return Array.from({ length: end - begin }, (_, offset) => begin + offset);
}

function ofCategories({ categories }: CategoricalColumn, before: Counts, now: Counts): Distribution | undefined {
  const samples = [before, now];
  const [p, q] = [shares(before) ?? [], shares(now) ?? []];
  const held = (cell: number) => (p[cell] ?? 0) + (q[cell] ?? 0);
  const named = cellsFrom(0, categories.length)
    .filter((cell) => held(cell) > 0 && arePublishable([cell], samples))
    .sort((a, b) => held(b) - held(a) || a - b)
    .slice(0, mostNamed);
  let others = cellsOtherThan(named, before.length);
  while (!arePublishable(others, samples)) {
    if (named.pop() === undefined) return undefined;
    others = cellsOtherThan(named, before.length);
  }
  const bars = [...named.map((cell) => [cell]), others];
  const spread = spreadOver(bars, before, now);
  return spread && { kind: 'categorical', categories: named.map((cell) => shortName(categories[cell] as string)), ...spread };
}

function cellsOtherThan(named: readonly number[], cells: number): number[] {
  return cellsFrom(0, cells).filter((cell) => !named.includes(cell));
}

function spreadOver(bars: CellGroups, before: Counts, now: Counts): { baseline: number[]; window: number[] } | undefined {
  const [baseline, window] = [shares(mergeCells(before, bars)), shares(mergeCells(now, bars))];
  return baseline === undefined || window === undefined ? undefined : { baseline, window };
}
