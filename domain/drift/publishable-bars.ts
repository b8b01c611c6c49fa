import { type CellGroups, mergeCells } from '../statistics/cell-groups.ts';
import type { Counts } from '../statistics/counts.ts';

/** Fewer rows than this are not told of: a person could be known by them. */
export const smallestGroup = 10;

/** Neither of the samples has one to nine rows in these cells. */
export function arePublishable(cells: readonly number[], samples: readonly Counts[]): boolean {
  return samples.every((counts) => {
    const [rows] = mergeCells(counts, [cells]);
    return rows === 0 || (rows as number) >= smallestGroup;
  });
}

/**
 * Neighbouring groups joined until none has one to nine rows of a sample. They are joined and not left out, for what is left out of a whole
 * that is known is known too.
 *
 * @returns no groups when a whole sample has so few rows
 *
 * Cost O(cells).
 */
export function publishableBars(groups: CellGroups, samples: readonly Counts[]): CellGroups {
  const bars: number[][] = [];
  let open: number[] = [];
  for (const cells of groups) {
    open = [...open, ...cells];
    if (!arePublishable(open, samples)) continue;
    bars.push(open);
    open = [];
  }
  while (open.length > 0) {
    const before = bars.pop();
    if (before === undefined) return [];
    open = [...before, ...open];
    if (!arePublishable(open, samples)) continue;
    bars.push(open);
    open = [];
  }
  return bars;
}
