import { wallTime } from '../domain/calendar/wall-time.ts';
import { type EventTime, eventTime, plusDays } from '../domain/identity/event-time.ts';
import { startOfDay } from '../domain/ledger/start-of-day.ts';

/** When the next day begins, in the zone's wall time. */
export function tomorrowOf(asOf: Date = new Date(), timezone = 'UTC'): EventTime {
  return plusDays(startOfDay(wallTime(eventTime(asOf), timezone)), 1);
}
