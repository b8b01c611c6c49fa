import { levelAfter } from '../policy/drop.ts';
import type { Drop, MetricName } from '../policy/policy.ts';
import { type StableBlocks, stableBlocks } from '../statistics/stable-blocks.ts';
import { trendPValue } from '../statistics/trend.ts';
import type { Comparison } from './comparison.ts';
import type { OutcomeDay } from './outcome-day.ts';

type Block = readonly OutcomeDay[];

/** Windows like the one judged that came after the baseline and before it, newest first, and what makes one of them an alarm. */
export interface LaterOutcomes {
  readonly windows: readonly Block[];
  /** Dates on which a look alarmed: a window that ends with one is left out. */
  readonly alarmed: ReadonlySet<string>;
  readonly limit: Drop;
  readonly level: number;
}

/**
 * The baseline's blocks, and what of the windows after it was as steady: see {@link stableBlocks}. One that is another by the limit, better or
 * worse, and by no chance, is not, nor is one on whose last day a look alarmed. A trend is looked for in the metric of the blocks.
 *
 * @param baseline all of its days
 * @param blocks those of the baseline, newest first
 *
 * Cost O(blocks²) comparisons.
 */
export function stableOutcomeBlocks(
  metric: MetricName,
  comparison: Comparison,
  { baseline, blocks }: { readonly baseline: Block; readonly blocks: readonly Block[] },
  { windows, alarmed, limit, level }: LaterOutcomes,
): StableBlocks<Block> {
  const [all, reference] = [outcomesOf(baseline), blocks.map(outcomesOf)];
  const metricOf = (block: Block) => comparison.metricOf(outcomesOf(block));
  const usual = comparison.metricOf(all);
  return stableBlocks(blocks, windows, {
    rowsOf: (block) => comparison.rowsOf(outcomesOf(block)),
    isAlarm(before, block) {
      if (alarmed.has(lastOf(block))) return true;
      const value = metricOf(block);
      const different = comparison.compare(before.map(outcomesOf), outcomesOf(block), all, reference)?.pDifferent;
      if (value === undefined || usual === undefined || different === undefined || different > level / windows.length) return false;
      return Math.abs(value - usual) >= Math.abs(levelAfter(metric, usual, limit) - usual);
    },
    trendOf(steady) {
      const rows = steady.map((block) => comparison.rowsOf(outcomesOf(block)));
      const mean = rows.reduce((sum, n) => sum + n, 0) / rows.length;
      const center = metricOf(steady.flat());
      return trendPValue(
        steady.flatMap((block, index) => {
          const value = metricOf(block);
          return value === undefined || center === undefined ? [] : [Math.sqrt((rows[index] as number) / mean) * (value - center)];
        }),
      );
    },
  });
}

function lastOf(block: Block): string {
  return block.map(({ day }) => day).reduce((last, day) => (day > last ? day : last));
}

function outcomesOf(days: Block) {
  return days.map(({ outcomes }) => outcomes);
}
