import { addCounts, addOutcomes } from './add-counts.ts';
import type { ColumnCounts, OutcomeCounts, Partition } from './entry.ts';

/**
 * Adds up the partitions of each day and version: exact, and the same for any order and any dealing out of the rows.
 *
 * @returns one partition for each day and version, ascending
 * @throws RangeError when partitions were counted on different grids
 *
 * Cost O(partitions × cells).
 */
export function mergePartitions(partitions: Iterable<Partition>): Partition[] {
  const sums = new Map<string, Partition>();
  for (const partition of partitions) {
    const key = `${partition.day} ${partition.version}`;
    const before = sums.get(key);
    sums.set(key, before === undefined ? partition : addPartitions(before, partition));
  }
  return [...sums].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, partition]) => partition);
}

function addPartitions(one: Partition, other: Partition): Partition {
  const outcomes = addEither(one.outcomes, other.outcomes);
  const presumed = addEither(one.presumed, other.presumed);
  const columns: Record<string, ColumnCounts> = { ...one.columns };
  for (const [name, counts] of Object.entries(other.columns)) {
    const before = columns[name];
    columns[name] = before === undefined ? counts : addCounts(before, counts);
  }
  return {
    day: one.day,
    version: one.version,
    rows: one.rows + other.rows,
    columns,
    ...(outcomes && { outcomes }),
    ...(presumed && { presumed }),
  };
}

function addEither(one: OutcomeCounts | undefined, other: OutcomeCounts | undefined): OutcomeCounts | undefined {
  return one && other ? addOutcomes(one, other) : (one ?? other);
}
