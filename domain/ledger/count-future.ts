import { type EventTime, plusDays } from '../identity/event-time.ts';
import type { Entry } from './entry.ts';

/** Scores are made ahead for days or weeks, never for so long. */
const furthestDays = 366;

/** Rows that say to be of a day over a year after `asOf`: no window holds them until then, so they would be passed over in silence. */
export function countFuture(entries: Iterable<Entry>, asOf: EventTime): number {
  const furthest = plusDays(asOf, furthestDays).slice(0, 10);
  let rows = 0;
  for (const { partitions } of entries) for (const partition of partitions) if (partition.day > furthest) rows += partition.rows;
  return rows;
}
