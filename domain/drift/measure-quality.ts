import type { PastBlocks } from '../calendar/past-blocks.ts';
import type { GridColumn } from '../grid/grid.ts';
import { chiSquare } from '../statistics/chi-square.ts';
import { historyBlocks, windowBlocks } from '../statistics/history-blocks.ts';
import { type RatioSums, ratioOf } from '../statistics/ratio-sums.ts';
import { isWider } from '../statistics/stable-blocks.ts';
import { testAgainstHistory, testedByBoth } from '../statistics/test-against-history.ts';
import type { ColumnDay } from './column-day.ts';
import type { LaterWindows } from './column-past.ts';
import { type ColumnFlaw, type Flaw, type FlawDay, flawDay, flawsOf } from './flaw-day.ts';
import { flawEffect } from './flaw-effect.ts';
import { blocksOfRule, elseOfRows, type PastRule, type PastTest, type RowTest } from './past-rule.ts';
import { seenNowhereElse, seenOnce } from './seen-once.ts';
import { riseP, stableFlawBlocks } from './stable-flaw-blocks.ts';
import { type ToldNames, toldNames } from './told-names.ts';

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

/**
 * The share of each flaw in one column, and whether it rose by more than stable blocks differ (ratio block t, one-sided) or rows do. How far
 * stable blocks differ is learnt from the baseline's and the later ones that were as steady, see {@link stableFlawBlocks}; where both
 * together are too few, from the baseline alone. Where they are enough, the baseline alone is asked as well.
 */
export function measureQuality(
  column: GridColumn,
  baselineDays: readonly ColumnDay[],
  windowColumnDays: readonly ColumnDay[],
  past: PastRule,
  later?: LaterWindows,
): FlawShare[] {
  const blocks = blocksOfRule(past);
  const toFlaws = (day: ColumnDay) => flawDay(column, day);
  const [baseline, window] = [baselineDays.map(toFlaws), windowColumnDays.map(toFlaws)];
  const laterFlaws = later?.windows.map((days) => days.map(toFlaws)) ?? [];
  const asNew = column.kind === 'categorical' ? seenOnce(baseline.map(({ cells }) => cells)) : 0;
  const newNames = column.kind === 'categorical' ? toldNames(windowColumnDays.map(({ counts }) => counts)) : undefined;
  const flaws = flawsOf(column).filter((flaw) => flaw !== 'empty' || [...baselineDays, ...windowColumnDays].every(toldEmpty));
  return flaws.map((flaw) => {
    const before = { y: sum(baseline, flaw) + (flaw === 'unseen' ? asNew : 0), x: sum(baseline, 'rows') };
    const now = flawedOf(flaw)(window);
    const rule = later && { ...later, threshold: later.effects[flawEffect[flaw]] };
    const ofRows = () => testRiseOfRows(before, now);
    const test: PastTest =
      blocks === undefined
        ? (ofRows() ?? { kind: 'none', missing: 'rows in both' })
        : elseOfRows(past, testRise(flaw, { baseline, window, later: laterFlaws }, blocks, rule), ofRows);
    return {
      column: column.name,
      flaw,
      share: ratioOf(now),
      reference: ratioOf(before),
      rows: now.x,
      test,
      ...(flaw === 'unseen' && newNames && { newNames }),
    };
  });
}

/** Older programs did not count empty texts, though there were some. */
function toldEmpty({ counts }: ColumnDay): boolean {
  return counts.min !== 0 || counts.empty !== undefined;
}

interface FlawDays {
  readonly baseline: readonly FlawDay[];
  readonly window: readonly FlawDay[];
  readonly later: readonly (readonly FlawDay[])[];
}

function testRise(
  flaw: ColumnFlaw,
  { baseline, window, later }: FlawDays,
  past: PastBlocks,
  rule: { readonly threshold: number; readonly level: number } | undefined,
): PastTest {
  const sumsOf = (blocks: readonly (readonly FlawDay[])[]) => (flaw === 'unseen' ? withNewOnes(blocks) : blocks.map(flawedOf(flaw)));
  const alone = testAgainstHistory(historyBlocks(baseline, past, rowsOf), window, rowsOf, (blocks, against) => {
    const sums = sumsOf(blocks);
    return riseP(sums, flawedOf(flaw)(against), sums);
  });
  if (rule === undefined || later.length === 0) return alone;
  const own = sumsOf(windowBlocks(baseline, past, rowsOf));
  const stable = stableFlawBlocks({ blocks: own, later: later.map(flawedOf(flaw)) }, rule);
  if (!isWider(stable)) return alone;
  return testedByBoth(stable.blocks.length, riseP(stable.blocks, flawedOf(flaw)(window), stable.reference), alone);
}

/** Of the baseline's blocks: what another sample of the same would have that has no cell. */
function withNewOnes(blocks: readonly (readonly FlawDay[])[]): RatioSums[] {
  const asNew = seenNowhereElse(blocks.map((days) => days.map(({ cells }) => cells)));
  return blocks.map(flawedOf('unseen')).map(({ y, x }, block) => ({ y: y + (asNew[block] as number), x }));
}

/** Two-sample chi-square of flawed and sound rows, one-sided. */
function testRiseOfRows(before: RatioSums, now: RatioSums): RowTest | undefined {
  const test = chiSquare([before.y, before.x - before.y], [now.y, now.x - now.y]);
  if (test === undefined) return undefined;
  return { kind: 'independentRows', pValue: ratioOf(now) > ratioOf(before) ? test.pValue / 2 : 1 - test.pValue / 2 };
}

function flawedOf(flaw: ColumnFlaw): (days: readonly FlawDay[]) => RatioSums {
  return (days) => ({ y: sum(days, flaw), x: sum(days, 'rows') });
}

function rowsOf({ rows }: FlawDay): number {
  return rows;
}

function sum(days: readonly FlawDay[], part: ColumnFlaw | 'rows'): number {
  return days.reduce((rows, day) => rows + day[part], 0);
}
