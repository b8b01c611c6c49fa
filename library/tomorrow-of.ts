import { type EventTime, eventTime, plusDays } from '../domain/identity/event-time.ts';
import { startOfDay } from '../domain/ledger/start-of-day.ts';

/** When the next day begins, in UTC. */
export function tomorrowOf(asOf: Date = new Date()): EventTime {
  return plusDays(startOfDay(eventTime(asOf)), 1);
}
