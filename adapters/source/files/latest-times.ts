import type { EventTime } from '../../../domain/identity/event-time.ts';
import type { Segment } from '../../../domain/ledger/segment.ts';

/** Tells the latest instant in a column of a file; undefined when the file cannot be read or the column holds none. */
export interface LatestTimes {
  of(file: Pick<Segment, 'id' | 'path' | 'format'>, column: string): Promise<EventTime | undefined>;
}
