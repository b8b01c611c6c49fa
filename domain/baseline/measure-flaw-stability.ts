import type { ColumnDay } from '../drift/column-day.ts';
import { type ColumnFlaw, type FlawDay, flawDay, flawsOf } from '../drift/flaw-day.ts';
import type { GridColumn } from '../grid/grid.ts';
import { blockT } from '../statistics/block-t.ts';
import { type DifferenceT, differenceT } from '../statistics/difference-t.ts';
import { historyBlocks } from '../statistics/history-blocks.ts';
import { type RatioSums, ratioOf, sumRatios } from '../statistics/ratio-sums.ts';
import { trendPValue } from '../statistics/trend.ts';

/** What a value's own cells do not tell. Values never seen, old and empty ones lie in cells: what moves there is judged with the values. */
type RowFlaw = Exclude<ColumnFlaw, 'unseen' | 'stale' | 'empty'>;

/** Rows of one flaw that speak against a stretch of days being steady: how sure it is, and how far it led. */
export interface FlawUnrest {
  readonly column: GridColumn;
  readonly flaw: RowFlaw;
  /** `trend`: its share moves one way over the blocks. `odd`: this block is not like the others. */
  readonly kind: 'trend' | 'odd';
  /** First and last day it is about, `YYYY-MM-DD`. */
  readonly from: string;
  readonly to: string;
  readonly pValue: number;
  /** Rows with the flaw over all rows, 0…1: of a trend in its last third, of an odd block in it. */
  readonly share: number;
  /** The same in the first third, or in all other blocks. */
  readonly before: number;
}

interface Piece extends RatioSums {
  readonly from: string;
  readonly to: string;
}

/**
 * Everything that could be said against the shares of a column's missing and flawed rows being steady, each with its p-value: a trend in
 * the blocks' shares, and each block against all others. A flaw that no day has is not asked of.
 *
 * A block is odd by the test of a check, on both sides, and by its odds as well: shares of a few percent swing to one side, and what is
 * large against their mean deviation need not be rare. Both p-values must be small; the larger is told.
 *
 * A share of two cells has one component only: the score of a block on it is how far its share lies from that of all, scaled as the block
 * test scales it.
 *
 * @param days in any order, one for each day
 * @returns none when the days are too few to be cut into blocks
 *
 * Cost O(flaws x blocks^2).
 */
export function measureFlawStability(column: GridColumn, days: readonly ColumnDay[], windowDays: number): FlawUnrest[] {
  const flawed = days.map((day) => flawDay(column, day));
  const history = historyBlocks(flawed, windowDays, ({ rows }) => rows);
  if (history.unit === 'none') return [];
  const blocks = history.blocks.toReversed();
  return flawsOf(column).flatMap((flaw) => {
    if (flaw === 'unseen' || flaw === 'stale' || flaw === 'empty' || flawed.every((day) => day[flaw] === 0)) return [];
    const pieces = blocks.map((block) => pieceOf(block, flaw));
    return [...trendOf(pieces), ...oddOnes(pieces)].map((unrest) => ({ column, flaw, ...unrest }));
  });
}

function pieceOf(block: readonly FlawDay[], flaw: RowFlaw): Piece {
  const names = block.map(({ day }) => day.slice(0, 10)).sort();
  const count = (part: RowFlaw | 'rows') => block.reduce((rows, day) => rows + day[part], 0);
  return { from: names[0] as string, to: names.at(-1) as string, y: count(flaw), x: count('rows') };
}

type PartOfUnrest = Omit<FlawUnrest, 'column' | 'flaw'>;

function trendOf(pieces: readonly Piece[]): PartOfUnrest[] {
  const whole = sumRatios(pieces);
  const meanRows = whole.x / pieces.length;
  const pValue = trendPValue(pieces.map((piece) => Math.sqrt(piece.x / meanRows) * (ratioOf(piece) - ratioOf(whole))));
  if (pValue === undefined) return [];
  const third = Math.max(1, Math.floor(pieces.length / 3));
  const [before, share] = [ratioOf(sumRatios(pieces.slice(0, third))), ratioOf(sumRatios(pieces.slice(-third)))];
  return [{ kind: 'trend', from: (pieces[0] as Piece).from, to: (pieces.at(-1) as Piece).to, pValue, share, before }];
}

function oddOnes(pieces: readonly Piece[]): PartOfUnrest[] {
  return pieces.flatMap((piece, at) => {
    const others = pieces.filter((_, other) => other !== at);
    const [before, share] = [ratioOf(sumRatios(others)), ratioOf(piece)];
    const test = blockT(others, piece, { blocks: before * (1 - before), window: share * (1 - share) });
    if (test === undefined) return [];
    const pValue = Math.max(test.pDifferent, testOdds(others, piece).pDifferent);
    return [{ kind: 'odd' as const, from: piece.from, to: piece.to, pValue, share, before }];
  });
}

/**
 * Student's t of the logarithm of a block's odds against those of the others, never surer than rows of one share for all would allow. Half a
 * row is added to each side, so that none is without.
 */
function testOdds(others: readonly RatioSums[], piece: RatioSums): DifferenceT {
  const k = others.length;
  const logits = others.map(logOdds);
  const mean = logits.reduce((sum, logit) => sum + logit, 0) / k;
  const between = logits.reduce((sum, logit) => sum + (logit - mean) ** 2, 0) / (k - 1);
  const share = ratioOf(sumRatios([...others, piece]));
  const rowsAlone = (1 / piece.x + 1 / sumRatios(others).x) / (share * (1 - share));
  return differenceT(mean, logOdds(piece), Math.sqrt(Math.max(between * (1 + 1 / k), rowsAlone)), k - 1);
}

function logOdds({ y, x }: RatioSums): number {
  return Math.log((y + 0.5) / (x - y + 0.5));
}
