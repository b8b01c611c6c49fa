import type { PastBlocks } from '../calendar/past-blocks.ts';

/** The stable past, cut into pieces a window can be compared with. */
export type HistoryBlocks<T> =
  | { readonly unit: 'window' | 'day'; readonly blocks: readonly (readonly T[])[] }
  | { readonly unit: 'none'; readonly missing: string };

export const fewestBlocks = 8;
export const mostBlocks = 26;
const fewestDays = 14;
const millisecondsPerDay = 86_400_000;

/**
 * Cuts days into blocks as long as the window, the newest ending with the newest day, up to 26 of them. With fewer than 8 blocks it
 * falls back to single days, of which at least 14 are needed; with fewer there is nothing to test against.
 *
 * Blocks and days without rows are no blocks. One with under a tenth of the median block's rows is left out as well: it would force
 * all cells into one.
 *
 * Where only blocks like the window are compared, there is no falling back: single days are not like it.
 *
 * @param days   in any order, several of one day allowed; `day` is a partition's
 * @param past   length of the window in days, or what tells the blocks that are like it
 * @param rowsOf how many rows of a day count here
 */
export function historyBlocks<T extends { readonly day: string }>(
  days: readonly T[],
  past: PastBlocks,
  rowsOf: (day: T) => number,
): HistoryBlocks<T> {
  const windows = windowBlocks(days, past, rowsOf);
  if (windows.length >= fewestBlocks) return { unit: 'window', blocks: windows };
  if (typeof past !== 'number')
    return { unit: 'none', missing: `${fewestBlocks} blocks of baseline ${past.alike}; there are ${windows.length}` };
  const single = singleDays(days, rowsOf);
  if (single.length >= fewestDays) return { unit: 'day', blocks: single };
  return { unit: 'none', missing: `${fewestDays} days of baseline with rows; there are ${single.length}` };
}

/** Blocks as long as the window, however few: newest first, at most 26, those with next to no rows left out as above. */
export function windowBlocks<T extends { readonly day: string }>(
  days: readonly T[],
  past: PastBlocks,
  rowsOf: (day: T) => number,
): readonly (readonly T[])[] {
  const blocks = typeof past === 'number' ? cut(days, Math.max(1, Math.round(past)), rowsOf) : group(days, past.blockOf, rowsOf);
  return blocks.slice(0, mostBlocks);
}

/** One block for each day that has rows, newest first; days with next to none left out as above. */
export function singleDays<T extends { readonly day: string }>(days: readonly T[], rowsOf: (day: T) => number): T[][] {
  return cut(days, 1, rowsOf);
}

function cut<T extends { readonly day: string }>(days: readonly T[], length: number, rowsOf: (day: T) => number): T[][] {
  const filled = days.filter((day) => rowsOf(day) > 0);
  const newest = Math.max(...filled.map(({ day }) => Date.parse(day)));
  return group(filled, (day) => Math.floor((newest - Date.parse(day)) / millisecondsPerDay / length), rowsOf);
}

/** Newest block first, which is the one of the smallest number. */
function group<T extends { readonly day: string }>(
  days: readonly T[],
  blockOf: (day: string) => number | undefined,
  rowsOf: (day: T) => number,
): T[][] {
  const blocks = new Map<number, T[]>();
  for (const day of days) {
    const block = rowsOf(day) > 0 ? blockOf(day.day) : undefined;
    if (block !== undefined) blocks.set(block, [...(blocks.get(block) ?? []), day]);
  }
  const newestFirst = [...blocks].sort(([a], [b]) => a - b).map(([, block]) => block);
  return withoutSlivers(newestFirst, (block) => block.reduce((rows, day) => rows + rowsOf(day), 0));
}

function withoutSlivers<B>(blocks: readonly B[], rowsOf: (block: B) => number): B[] {
  const sizes = blocks.map(rowsOf).sort((a, b) => a - b);
  const median = sizes[Math.floor(sizes.length / 2)] ?? 0;
  return blocks.filter((block) => rowsOf(block) >= median / 10);
}
