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
 * Neighbouring groups joined until none has one to nine rows of a sample, each with the one behind it unless only the one before it makes it
 * large enough. They are joined and not left out, for what is left out of a whole that is known is known too.
 *
 * @returns no groups when a whole sample has so few rows
 *
 * Cost O(groups x cells).
 */
export function publishableBars(groups: CellGroups, samples: readonly Counts[]): CellGroups {
  const bars: (readonly number[])[] = [...groups];
  let at = 0;
  while (at < bars.length) {
    const bar = bars[at] as readonly number[];
    const [before, behind] = [bars[at - 1], bars[at + 1]];
    if (arePublishable(bar, samples)) at += 1;
    else if (before !== undefined && (behind === undefined || isOnlyEnough(bar, { before, behind }, samples))) {
      at -= 1;
      bars.splice(at, 2, [...before, ...bar]);
    } else if (behind !== undefined) bars.splice(at, 2, [...bar, ...behind]);
    else return [];
  }
  return bars;
}

/** Whether the group before makes one large enough, and the one behind does not. */
function isOnlyEnough(
  bar: readonly number[],
  { before, behind }: Readonly<Record<'before' | 'behind', readonly number[]>>,
  samples: readonly Counts[],
): boolean {
  return !arePublishable([...bar, ...behind], samples) && arePublishable([...before, ...bar], samples);
}
