import { daysBetween, type EventTime, plusDays } from '../identity/event-time.ts';

/** How long nothing has come, beside how long it took before. */
export interface Silence {
  /** When predictions came last. */
  readonly since: EventTime;
  readonly days: number;
  /** The longest time without any in the past, of so many arrivals. */
  readonly longestDays: number;
  readonly arrivals: number;
}

const fewestArrivals = 8;
const pastDays = 91;

/**
 * What is usual is learnt from arrivals, not from the days of rows: files that come once a week leave the newest days empty every day but one.
 *
 * @param arrivals when segments with rows became known; those within 91 days before the last one count
 * @returns undefined with fewer than eight arrivals at different times: what is usual is not known
 *
 * Cost O(arrivals log arrivals).
 */
export function measureSilence(arrivals: readonly EventTime[], asOf: EventTime): Silence | undefined {
  const known = [...new Set(arrivals.filter((at) => at <= asOf))].sort();
  const since = known.at(-1);
  const times = known.filter((at) => since !== undefined && at >= plusDays(since, -pastDays));
  if (since === undefined || times.length < fewestArrivals) return undefined;
  const gaps = times.slice(1).map((at, before) => daysBetween(times[before] as EventTime, at));
  return { since, days: daysBetween(since, asOf), longestDays: Math.max(...gaps), arrivals: times.length };
}
