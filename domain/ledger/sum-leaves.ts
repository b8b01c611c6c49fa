import { leavesOfSlices } from '../grid/slices-of.ts';
import type { Dimension } from '../policy/dimension.ts';
import type { SliceCounts } from './entry.ts';
import { addSlices } from './merge-partitions.ts';

/**
 * Counts of slices from those of the leaves they are made of; a slice without a row is left out.
 *
 * Cost O(slices × leaves × cells).
 */
export function sumLeaves(dimensions: readonly Dimension[], counts: ReadonlyMap<number, SliceCounts>): Record<string, SliceCounts> {
  const sums: Record<string, SliceCounts> = {};
  for (const { slice, leaves } of leavesOfSlices(dimensions)) {
    const held = leaves.flatMap((leaf) => counts.get(leaf) ?? []);
    if (held.length > 0) sums[slice.name] = held.reduce(addSlices);
  }
  return sums;
}
