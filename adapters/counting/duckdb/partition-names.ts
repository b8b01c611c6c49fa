import { wallMilliseconds } from '../../../domain/calendar/wall-time.ts';
import type { SegmentRows } from '../../../domain/ledger/counting.port.ts';
import { dayOf } from './day-of.ts';

/** Names the partition of a row by its instant in milliseconds since 1970; undefined where {@link dayOf} knows no day. */
export function partitionNames({ clock, segment }: SegmentRows): (instant: number) => string | undefined {
  if (clock === undefined) return dayOf;
  const { timezone, grain } = clock;
  if (grain === 'day') return daysIn(timezone);
  const found = dayOf(wallMilliseconds(Date.parse(segment.knownAt), timezone));
  return (instant) => dayOf(instant) && found;
}

/** Names the day that clocks of a zone show. */
export function daysIn(timezone: string): (instant: number) => string | undefined {
  return timezone === 'UTC' ? dayOf : (instant) => dayOf(instant) && dayOf(wallMilliseconds(instant, timezone));
}
