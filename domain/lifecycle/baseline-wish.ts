import type { EventTime } from '../identity/event-time.ts';
import type { DecisionId, Digest, Version } from '../identity/names.ts';

/** Of which version the baseline is to be, from which scored rows, as of when, and for which decision. */
export interface BaselineWish {
  readonly by: DecisionId;
  readonly asOf: EventTime;
  readonly version?: Version;
  readonly heldOut?: Digest;
}
