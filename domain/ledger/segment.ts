import type { EventTime } from '../identity/event-time.ts';
import type { Version } from '../identity/names.ts';

/** A closed set of records that will never change; what the ledger counts, once per grid. */
export interface Segment {
  /** First 32 hex digits of the sha256 of its bytes. */
  readonly id: string;
  readonly holds: 'predictions' | 'outcomes' | 'held-out';
  readonly path: string;
  readonly format: 'parquet' | 'csv' | 'ndjson';
  /** When its rows became known, in event time; the latest of them. */
  readonly knownAt: EventTime;
  /** Set where all its rows were predicted by one version, as held-out rows are. */
  readonly version?: Version;
  /** Set where a look had already been made at the time its rows became known: they came late. */
  readonly late?: true;
}
