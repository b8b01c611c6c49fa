import { everyDays, type PastBlocks } from '../calendar/past-blocks.ts';
import { wholeBlockBefore } from '../calendar/whole-block-before.ts';
import { type EventTime, plusDays } from '../identity/event-time.ts';
import type { ColumnCounts, Partition, SliceCounts } from '../ledger/entry.ts';
import { mergePartitions } from '../ledger/merge-partitions.ts';
import type { TimeSpan } from '../report/assessment-input.ts';
import { mostBlocks } from '../statistics/history-blocks.ts';

const furthestDays = 364;

/** Sums windows like one that came before it, partition by partition: days are summed as they are read, and never held side by side. */
export interface WindowsBefore {
  /** Partitions that lie in no such window are passed over. */
  add(partitions: Iterable<Partition>): void;
  /** Newest first, from the one next to the window; each with one partition a version, none where no row fell into it. */
  windows(): Partition[][];
}

/**
 * Only windows that lie after `since` as a whole. Their partitions carry rows, columns and slices' columns, without names of new
 * categories; the `day` is the earliest that was added.
 *
 * Memory O(windows × versions × cells).
 */
export function windowsBefore(past: PastBlocks, window: TimeSpan, since: EventTime): WindowsBefore {
  const blockOf = wholeBlockBefore(past, window, since);
  const sums = new Map<number, Map<string, Partition>>();
  return {
    add(partitions) {
      for (const partition of partitions) {
        const block = blockOf(partition.day);
        if (block === undefined || block > mostBlocks) continue;
        const versions = sums.get(block) ?? new Map<string, Partition>();
        versions.set(partition.version, plus(versions.get(partition.version), columnsAlone(partition)));
        sums.set(block, versions);
      }
    },
    windows() {
      const furthest = Math.max(0, ...sums.keys());
      return Array.from({ length: furthest }, (_, at) => mergePartitions(sums.get(at + 1)?.values() ?? []));
    },
  };
}

/** From where such windows are looked for: as many as a test asks, within a year, and after `since`. */
export function earliestBefore(past: PastBlocks, window: TimeSpan, since: EventTime): EventTime {
  const furthest = plusDays(window.from, -Math.min(furthestDays, mostBlocks * everyDays(past)));
  return furthest > since ? furthest : since;
}

function plus(sum: Partition | undefined, partition: Partition): Partition {
  if (sum === undefined) return partition;
  const day = sum.day < partition.day ? sum.day : partition.day;
  return mergePartitions([
    { ...sum, day },
    { ...partition, day },
  ])[0] as Partition;
}

function columnsAlone({ day, version, slices, ...counts }: Partition): Partition {
  const bare = slices && Object.fromEntries(Object.entries(slices).map(([name, slice]) => [name, countsAlone(slice)]));
  return { day, version, ...countsAlone(counts), ...(bare && { slices: bare }) };
}

function countsAlone({ rows, columns }: SliceCounts): SliceCounts {
  return { rows, columns: Object.fromEntries(Object.entries(columns).map(([name, counts]) => [name, withoutNewNames(counts)])) };
}

function withoutNewNames({ newCategories: _names, newCategoryBuckets: _buckets, ...counts }: ColumnCounts): ColumnCounts {
  return counts;
}
