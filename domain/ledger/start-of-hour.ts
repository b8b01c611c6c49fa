import { type EventTime, eventTime } from '../identity/event-time.ts';

/** The full hour at or before a time. */
export function startOfHour(time: EventTime): EventTime {
  return eventTime(`${time.slice(0, 13)}:00Z`);
}
