import type { PastBlocks } from '../calendar/past-blocks.ts';
import { daysBetween } from '../identity/event-time.ts';
import type { Partition } from '../ledger/entry.ts';
import type { TimeSpan } from '../report/assessment-input.ts';

const mostWindows = 8;

/**
 * Windows like this one that came before it, at most eight, the oldest first; what lies in none is left out. The newest that is missing,
 * or that is not there as a whole, ends them: a way is followed without gaps.
 */
export function earlierWindows(days: readonly Partition[], past: PastBlocks, window: TimeSpan): Partition[][] {
  const length = daysBetween(window.from, window.to);
  const reach = typeof past === 'number' ? Math.max(0, ...days.map(({ day }) => daysBefore(day, window))) : Number.POSITIVE_INFINITY;
  const windowOf = (day: string) => (typeof past === 'number' ? Math.ceil(daysBefore(day, window) / length) : past.blockOf(day));
  const windows = new Map<number, Partition[]>();
  for (const partition of days) {
    const back = windowOf(partition.day);
    if (back !== undefined && back >= 1) windows.set(back, [...(windows.get(back) ?? []), partition]);
  }
  const found: Partition[][] = [];
  for (let back = 1; back <= mostWindows; back += 1) {
    const one = windows.get(back);
    if (one === undefined || back * length > reach) break;
    found.unshift(one);
  }
  return found;
}

function daysBefore(day: string, { from }: TimeSpan): number {
  return (Date.parse(from) - Date.parse(day)) / 86_400_000;
}
