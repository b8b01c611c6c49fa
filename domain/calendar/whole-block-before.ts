import { daysBetween, type EventTime, plusDays } from '../identity/event-time.ts';
import { blockBefore, type PastBlocks } from './past-blocks.ts';

const hoursOfADay = 24;

/** Which block before a window [from, to) a partition belongs to, as `blockBefore` tells it; none of a block that begins before `since`. */
export function wholeBlockBefore(
  past: PastBlocks,
  { from, to }: { readonly from: EventTime; readonly to: EventTime },
  since: EventTime,
): (partition: string) => number | undefined {
  const blockOf = blockBefore(past, from);
  const cut = new Set(hoursBefore(since, daysBetween(from, to)).map(blockOf));
  return (partition) => {
    const block = Date.parse(partition) >= Date.parse(since) ? blockOf(partition) : undefined;
    return cut.has(block) ? undefined : block;
  };
}

function hoursBefore(end: EventTime, days: number): string[] {
  return Array.from({ length: Math.round(days * hoursOfADay) }, (_, hour) => plusDays(end, -(hour + 1) / hoursOfADay));
}
