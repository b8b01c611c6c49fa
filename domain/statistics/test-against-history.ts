import { bonferroni } from './bonferroni.ts';
import { combineDays } from './combine-days.ts';
import { type HistoryBlocks, singleDays } from './history-blocks.ts';

export type HistoryTest =
  | { readonly kind: 'blocks' | 'days'; readonly blocks: number; readonly pValue: number }
  | { readonly kind: 'none'; readonly missing: string };

/**
 * A test against blocks of the baseline and of the time after it, and the one against the baseline alone: the smaller p-value, doubled. Where
 * the later blocks hide what moved, because they were moving themselves, the baseline still tells.
 *
 * @param wider p-value against all blocks, of which there are so many
 */
export function testedByBoth(blocks: number, wider: number | undefined, alone: HistoryTest): HistoryTest {
  return testedBy('blocks', blocks, bonferroni([wider, alone.kind === 'none' ? undefined : alone.pValue]));
}

/** Without a p-value there was nothing to test. */
function testedBy(kind: 'blocks' | 'days', blocks: number, pValue: number | undefined): HistoryTest {
  if (pValue === undefined) return { kind: 'none', missing: 'values that differ: with one cell there is nothing to test' };
  return { kind, blocks, pValue };
}

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
  const compared = unit === 'window' ? [window] : singleDays(window, rowsOf);
  return testedAgainst(
    history,
    compared.map((days) => test(blocks, days)),
  );
}

/** The same once the p-values are known: of the whole window, or of each of its single days. */
export function testedAgainst(history: HistoryBlocks<unknown>, pValues: readonly (number | undefined)[]): HistoryTest {
  if (history.unit === 'none') return { kind: 'none', missing: history.missing };
  const made = pValues.flatMap((pValue) => pValue ?? []);
  const [kind, pValue] = history.unit === 'window' ? (['blocks', made[0]] as const) : (['days', combineDays(made)] as const);
  return testedBy(kind, history.blocks.length, pValue);
}
