import type { EventTime } from '../../../domain/identity/event-time.ts';

/** What a program is asked for: event times, or times of becoming known, in [from, to). */
export interface Interval {
  readonly from: EventTime;
  readonly to: EventTime;
}
