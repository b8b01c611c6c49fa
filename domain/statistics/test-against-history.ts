import { combineDays } from './combine-days.ts';
import { type HistoryBlocks, singleDays } from './history-blocks.ts';

export type HistoryTest =
  | { readonly kind: 'blocks' | 'days'; readonly blocks: number; readonly pValue: number }
  | { readonly kind: 'none'; readonly missing: string };

/**
 * Runs a test of a window against its stable past in the strongest way the past allows: the whole window against blocks as long as it;
 * else each single day of the window against single days, combined; else not at all, saying what is missing.
 *
 * @param test p-value of some days against blocks, undefined when it cannot be had
 */
export function testAgainstHistory<T extends { readonly day: string }>(
  history: HistoryBlocks<T>,
  window: readonly T[],
  rowsOf: (day: T) => number,
  test: (blocks: readonly (readonly T[])[], against: readonly T[]) => number | undefined,
): HistoryTest {
  if (history.unit === 'none') return { kind: 'none', missing: history.missing };
  const { unit, blocks } = history;
  const pValue =
    unit === 'window' ? test(blocks, window) : combineDays(singleDays(window, rowsOf).flatMap((day) => test(blocks, day) ?? []));
  if (pValue === undefined) return { kind: 'none', missing: 'values that differ: with one cell there is nothing to test' };
  return { kind: unit === 'window' ? 'blocks' : 'days', blocks: blocks.length, pValue };
}
