import { wallMilliseconds } from '../../../domain/calendar/wall-time.ts';
import type { SegmentRows } from '../../../domain/ledger/counting.port.ts';
import { dayOf } from './day-of.ts';

/** Names the partition of a row by its instant in milliseconds since 1970; undefined where {@link dayOf} knows no day. */
export function partitionNames({ clock, segment }: SegmentRows): (instant: number) => string | undefined {
  if (clock === undefined) return dayOf;
  const { timezone, grain } = clock;
  if (grain === 'day') return daysIn(timezone);
  if (grain === 'hour') return hoursIn(timezone);
  const found = dayOf(wallMilliseconds(Date.parse(segment.knownAt), timezone));
  return (instant) => dayOf(instant) && found;
}

const millisecondsPerHour = 3_600_000;

/** Names the hour that clocks of a zone show, as `2024-03-31T05:00Z`. */
function hoursIn(timezone: string): (instant: number) => string | undefined {
  const names = new Map<number, string>();
  return (instant) => {
    if (dayOf(instant) === undefined) return undefined;
    const hour = Math.floor(wallMilliseconds(instant, timezone) / millisecondsPerHour);
    const known = names.get(hour);
    if (known !== undefined) return known;
    const name = `${new Date(hour * millisecondsPerHour).toISOString().slice(0, 16)}Z`;
    names.set(hour, name);
    return name;
  };
}

/** Names the day that clocks of a zone show. */
export function daysIn(timezone: string): (instant: number) => string | undefined {
  return timezone === 'UTC' ? dayOf : (instant) => dayOf(instant) && dayOf(wallMilliseconds(instant, timezone));
}
