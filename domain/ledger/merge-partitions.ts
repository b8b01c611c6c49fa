import { own } from '../identity/own.ts';
import { addCounts, addErrorCells, addOutcomes } from './add-counts.ts';
import type { OutcomeCounts, Partition, SliceCounts } from './entry.ts';

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
  const { day, version } = one;
  const slices = one.slices && other.slices ? addRecords(one.slices, other.slices, addSlices) : (one.slices ?? other.slices);
  return {
    day,
    version,
    ...addSlices(one, other),
    ...(slices && { slices }),
    ...addErrors('errors', one, other),
    ...addErrors('presumedErrors', one, other),
    ...addRows('missingColumns', one, other),
    ...addRows('newColumns', one, other),
  };
}

function addErrors<K extends 'errors' | 'presumedErrors'>(kind: K, one: Partition, other: Partition): Pick<Partition, K> {
  const [a, b] = [one[kind], other[kind]];
  const sums = a && b ? addRecords(a, b, addErrorCells) : (a ?? b);
  return (sums ? { [kind]: sums } : {}) as Pick<Partition, K>;
}

function addRows<K extends 'missingColumns' | 'newColumns'>(kind: K, one: Partition, other: Partition): Pick<Partition, K> {
  const [a, b] = [one[kind], other[kind]];
  const sums = a && b ? addRecords(a, b, (rows, more) => rows + more) : (a ?? b);
  return (sums ? { [kind]: sums } : {}) as Pick<Partition, K>;
}

/**
 * Counts of two parts of the same slice, added up exactly.
 *
 * @throws RangeError when they were counted on different grids
 */
export function addSlices(one: SliceCounts, other: SliceCounts): SliceCounts {
  const outcomes = addEither(one.outcomes, other.outcomes);
  const presumed = addEither(one.presumed, other.presumed);
  return {
    rows: one.rows + other.rows,
    columns: addRecords(one.columns, other.columns, addCounts),
    ...(outcomes && { outcomes }),
    ...(presumed && { presumed }),
  };
}

function addEither(one: OutcomeCounts | undefined, other: OutcomeCounts | undefined): OutcomeCounts | undefined {
  return one && other ? addOutcomes(one, other) : (one ?? other);
}

function addRecords<T>(one: Readonly<Record<string, T>>, other: Readonly<Record<string, T>>, add: (a: T, b: T) => T): Record<string, T> {
  const sums: Record<string, T> = { ...one };
  for (const [name, counts] of Object.entries(other)) {
    const before = own(sums, name);
    sums[name] = before === undefined ? counts : add(before, counts);
  }
  return sums;
}
