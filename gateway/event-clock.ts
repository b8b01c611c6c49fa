import type { EventTime } from '../domain/identity/event-time.ts';
import { type Reading, wrong } from '../domain/traffic/reading.ts';
import type { RoutingTable } from '../domain/traffic/routing-table.ts';
import type { Counters } from './counters.ts';

/** The event time of a record: the caller's in a replay, where it must be given; else the wall clock, and a given one is ignored and counted. */
export function timeOf(table: RoutingTable, given: EventTime | undefined, counters: Counters): Reading<EventTime> {
  if (table.replay)
    return given === undefined ? wrong('missing-time', 'this model is replayed, so "time" must be given') : { ok: true, value: given };
  if (given !== undefined) counters.count(table.model, 'timeIgnored');
  return { ok: true, value: wallTime() };
}

export function wallTime(): EventTime {
  return new Date().toISOString() as EventTime;
}
