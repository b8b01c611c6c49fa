import type { PastBlocks } from '../calendar/past-blocks.ts';
import { wholeBlockBefore } from '../calendar/whole-block-before.ts';
import type { EventTime } from '../identity/event-time.ts';
import { mostBlocks } from '../statistics/history-blocks.ts';
import type { OutcomeDay } from './outcome-day.ts';

/** Of some days, in any order, the windows before one that lie as a whole after `since`, newest first, as many as a test asks; none without days. */
export function windowsOfDays(
  days: readonly OutcomeDay[],
  past: PastBlocks,
  window: { readonly from: EventTime; readonly to: EventTime },
  since: EventTime,
): (readonly OutcomeDay[])[] {
  const blockOf = wholeBlockBefore(past, window, since);
  const blocks = new Map<number, OutcomeDay[]>();
  for (const day of days) {
    const block = blockOf(day.day);
    if (block !== undefined) blocks.set(block, [...(blocks.get(block) ?? []), day]);
  }
  const newestFirst = [...blocks].sort(([one], [other]) => one - other).map(([, block]) => block);
  return newestFirst.slice(0, mostBlocks);
}
