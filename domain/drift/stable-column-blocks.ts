import type { GridColumn } from '../grid/grid.ts';
import type { Policy } from '../policy/policy.ts';
import { type StableBlocks, stableBlocks } from '../statistics/stable-blocks.ts';
import { trendPValue } from '../statistics/trend.ts';
import { blockScores } from './block-scores.ts';
import type { ColumnTotals } from './column-totals.ts';
import { leadingEffect } from './leading-effect.ts';
import { measureStatistics } from './measure-statistics.ts';
import { testMovement } from './test-movement.ts';

/** What an alarm is: an effect at or over its threshold, whose p-value is at most the level. */
export interface AlarmRule {
  readonly effects: Policy['watch']['effects'];
  readonly level: number;
}

/**
 * A column's blocks in the baseline, and what of the windows after it was as steady: see {@link stableBlocks}. A trend is looked for in the scores
 * of the blocks on their first component. The level is shared by the windows, so that hardly ever a steady one counts as an alarm.
 *
 * @param baseline all of its days
 * @param blocks those of the baseline, newest first
 * @param later windows after it, newest first
 *
 * Cost O(blocks² × cells).
 */
export function stableColumnBlocks(
  column: GridColumn,
  {
    baseline,
    blocks,
    later,
  }: { readonly baseline: ColumnTotals; readonly blocks: readonly ColumnTotals[]; readonly later: readonly ColumnTotals[] },
  { effects, level }: AlarmRule,
): StableBlocks<ColumnTotals> {
  return stableBlocks(blocks, later, {
    rowsOf: ({ valued }) => valued,
    isAlarm(before, block) {
      const pValue = testMovement(column, before, block, blocks);
      if (pValue === undefined || pValue > level / later.length) return false;
      const effect = leadingEffect(column, measureStatistics(column, baseline, block, before, blocks), effects);
      return effect !== undefined && effect.value >= effect.threshold;
    },
    trendOf: (steady) => trendPValue(blockScores(column, steady)),
  });
}
