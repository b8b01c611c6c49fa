import { type EventTime, eventTime } from '../../domain/identity/event-time.ts';

/** @throws Error saying how a time is written */
export function readTime(text: string): EventTime {
  if (/^\d{4}-\d{2}-\d{2}/.test(text) && !Number.isNaN(Date.parse(text))) return eventTime(text);
  throw new Error(`"${text}" is no time. Write a day or an instant: 2011-05-29 or 2011-05-29T03:00:00Z.`);
}
