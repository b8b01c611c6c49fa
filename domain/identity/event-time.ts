import type { Brand } from './brand.ts';

/** An instant of the world the model predicts, ISO 8601 in UTC to the millisecond; never the wall clock of a machine in a replay. */
export type EventTime = Brand<string, 'EventTime'>;

const millisecondsPerDay = 86_400_000;

/** @throws RangeError when the text or number is no instant */
export function eventTime(instant: string | number | Date): EventTime {
  return new Date(instant).toISOString() as EventTime;
}

export function plusDays(time: EventTime, days: number): EventTime {
  return eventTime(Date.parse(time) + days * millisecondsPerDay);
}

/** Days from `earlier` to `later`, fractions included, negative when they stand the other way round. */
export function daysBetween(earlier: EventTime, later: EventTime): number {
  return (Date.parse(later) - Date.parse(earlier)) / millisecondsPerDay;
}
