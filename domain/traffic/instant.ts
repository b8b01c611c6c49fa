import { type EventTime, eventTime } from '../identity/event-time.ts';

const instants = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

/** An ISO 8601 instant with its zone, in UTC to the millisecond; undefined for anything else: a time without a zone means two things. */
export function readInstant(value: unknown): EventTime | undefined {
  if (typeof value !== 'string' || !instants.test(value) || Number.isNaN(Date.parse(value))) return undefined;
  return eventTime(value);
}
