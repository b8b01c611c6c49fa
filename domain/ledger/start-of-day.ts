import { type EventTime, eventTime } from '../identity/event-time.ts';

/** Midnight, UTC, at or before an instant. */
export function startOfDay(time: EventTime): EventTime {
  return eventTime(time.slice(0, 10));
}
