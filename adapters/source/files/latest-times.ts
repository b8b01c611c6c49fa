import type { EventTime } from '../../../domain/identity/event-time.ts';
import type { Segment } from '../../../domain/ledger/segment.ts';

/** Tells the latest instant in a column of a file, up to the year 9999; undefined when the file cannot be read or the column holds none. */
export interface LatestTimes {
  /** @param until later instants are not meant */
  of(file: Pick<Segment, 'id' | 'path' | 'format'>, column: string, until?: EventTime): Promise<EventTime | undefined>;
}
