import type { EventTime } from '../identity/event-time.ts';
import type { Segment } from './segment.ts';

/**
 * One look at a model's sources: the segments it found that no look before had seen. Looks are numbered and written once, so all
 * segments of a model stand in one order for ever; what is joined to what depends on that order alone.
 */
export interface Look {
  readonly asOf: EventTime;
  /** In the order of `knownAt`, then id. */
  readonly segments: readonly Segment[];
}

/**
 * The next look: what was found and is not yet known of. Undefined when there is nothing new.
 *
 * A segment that could have been found by an earlier look, and was not, became known only now: its `knownAt` is moved to this
 * look and it is marked late. So `knownAt` never falls along the order of looks, and no past sum changes.
 */
export function nextLook(before: readonly Look[], found: readonly Segment[], asOf: EventTime): Look | undefined {
  const seen = new Set(before.flatMap((look) => look.segments.map((segment) => segment.id)));
  const lastLook = before.reduce<EventTime | undefined>(
    (latest, look) => (latest !== undefined && latest > look.asOf ? latest : look.asOf),
    undefined,
  );
  const fresh = new Map<string, Segment>();
  for (const segment of found) {
    if (!seen.has(segment.id) && !fresh.has(segment.id)) fresh.set(segment.id, lateAware(segment, lastLook, asOf));
  }
  if (fresh.size === 0) return undefined;
  return { asOf, segments: [...fresh.values()].sort(byKnownAt) };
}

function lateAware(segment: Segment, lastLook: EventTime | undefined, asOf: EventTime): Segment {
  if (lastLook === undefined || segment.knownAt > lastLook) return segment;
  return { ...segment, knownAt: asOf > lastLook ? asOf : lastLook, late: true };
}

function byKnownAt(one: Segment, other: Segment): number {
  if (one.knownAt !== other.knownAt) return one.knownAt < other.knownAt ? -1 : 1;
  return one.id < other.id ? -1 : 1;
}
