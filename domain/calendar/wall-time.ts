import { type EventTime, eventTime } from '../identity/event-time.ts';

/** Clocks are changed at whole quarters of an hour. */
const millisecondsPerSlot = 900_000;

interface Zone {
  readonly format: Intl.DateTimeFormat;
  /** What is added to UTC, in milliseconds, by quarter of an hour since 1970. */
  readonly offsets: Map<number, number>;
}

const zones = new Map<string, Zone>();

/**
 * What the clocks of a time zone show at an instant, written as if it were UTC. Days and hours are reckoned in such times: there a day
 * always has 24 hours, its first begins at `T00:00:00.000Z`, and `plusDays` knows no change of clocks. The hour that comes twice in
 * autumn is one; the hour that is left out in spring is empty.
 *
 * @param timezone IANA name, such as `Europe/Paris`
 * @throws RangeError when there is no such zone
 */
export function wallTime(time: EventTime, timezone: string): EventTime {
  return timezone === 'UTC' ? time : eventTime(wallMilliseconds(Date.parse(time), timezone));
}

/** The same of an instant in milliseconds since 1970. Cost: one look-up; a zone's rules are asked once a quarter of an hour of event time. */
export function wallMilliseconds(instant: number, timezone: string): number {
  return timezone === 'UTC' ? instant : instant + offsetAt(instant, timezone);
}

/** The first instant at which clocks show a time; where they leave it out, when they would have shown it without being changed. */
export function instantOf(wall: EventTime, timezone: string): EventTime {
  if (timezone === 'UTC') return wall;
  const shown = Date.parse(wall);
  const around = [-1, 1].map((day) => shown - offsetAt(shown + day * 86_400_000, timezone));
  const exact = around.filter((instant) => wallMilliseconds(instant, timezone) === shown);
  return eventTime(exact.length > 0 ? Math.min(...exact) : Math.max(...around));
}

/** Whether there is a zone of that name. */
export function isTimezone(name: string): boolean {
  try {
    zoneOf(name);
    return true;
  } catch {
    return false;
  }
}

function offsetAt(instant: number, timezone: string): number {
  const { format, offsets } = zoneOf(timezone);
  const slot = Math.floor(instant / millisecondsPerSlot);
  const known = offsets.get(slot);
  if (known !== undefined) return known;
  const name = format.formatToParts(slot * millisecondsPerSlot).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours = '0', minutes = '0', seconds = '0'] = /^GMT(?:([+-])(\d+):(\d+)(?::(\d+))?)?$/.exec(name) ?? [];
  const offset = (sign === '-' ? -1 : 1) * ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
  offsets.set(slot, offset);
  return offset;
}

function zoneOf(timezone: string): Zone {
  const known = zones.get(timezone);
  if (known !== undefined) return known;
  const zone = { format: new Intl.DateTimeFormat('en-US', { timeZone: timezone, timeZoneName: 'longOffset' }), offsets: new Map() };
  zones.set(timezone, zone);
  return zone;
}
