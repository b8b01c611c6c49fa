import type { EventTime } from '../identity/event-time.ts';
import type { ModelName } from '../identity/names.ts';
import type { PredictionRecord } from './record.ts';

/** The gateway's sealed prediction segments, in the order in which they became known. */
export interface SealedLog {
  /** Names of all segments after the one named, ascending; see segmentName. */
  segmentsAfter(model: ModelName, segment?: string): Promise<readonly string[]>;
  /** Lines that are no records are left out; counting them is the ledger's affair. */
  read(model: ModelName, segment: string): Promise<readonly PredictionRecord[]>;
  /** Every segment known by this instant is sealed: read it before asking for segments. Absent: nothing was sealed yet. */
  watermark(model: ModelName): Promise<EventTime | undefined>;
}
