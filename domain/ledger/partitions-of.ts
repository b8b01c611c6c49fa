import type { EventTime } from '../identity/event-time.ts';
import type { Version } from '../identity/names.ts';
import type { Entry, Partition } from './entry.ts';
import { mergePartitions } from './merge-partitions.ts';

/** Wall time [from, to) in whole partitions, as it was known by an instant. */
export interface LedgerWindow {
  readonly from: EventTime;
  readonly to: EventTime;
  readonly version?: Version;
  readonly knownBy: EventTime;
}

/**
 * The sum over all entries known by `knownBy` of the days that begin in [from, to): one partition for each day and version.
 *
 * A day belongs to the window when it begins in it; give bounds at midnight, so that days are neither cut nor doubled.
 *
 * Cost O(partitions in the window × cells).
 */
export function partitionsOf(entries: Iterable<Entry>, window: LedgerWindow): Partition[] {
  return mergePartitions(inWindow(entries, window));
}

function* inWindow(entries: Iterable<Entry>, { from, to, version, knownBy }: LedgerWindow): Generator<Partition> {
  for (const entry of entries) {
    if (entry.knownAt > knownBy) continue;
    for (const partition of entry.partitions) {
      const begins = beginOf(partition.day);
      if (begins >= from && begins < to && (version === undefined || partition.version === version)) yield partition;
    }
  }
}

function beginOf(name: string): string {
  return name.endsWith('Z') ? `${name.slice(0, -1)}:00.000Z` : `${name}T00:00:00.000Z`;
}
