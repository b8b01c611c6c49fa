import { type EventTime, plusDays } from '../identity/event-time.ts';
import type { Entry } from './entry.ts';

/**
 * Outcomes whose time to meet a prediction ran out between `from` and `to`, as known at `to`: those that were waiting in a segment,
 * less those that predictions of later segments met.
 *
 * Cost O(entries).
 */
export function countOrphans(entries: Iterable<Entry>, span: { from: EventTime; to: EventTime }, horizonDays: number): number {
  const waiting = new Map<string, number>();
  const met = new Map<string, number>();
  for (const entry of entries) {
    if (entry.knownAt > span.to) continue;
    const expires = plusDays(entry.knownAt, horizonDays);
    if (expires > span.from && expires <= span.to) waiting.set(entry.segment, entry.waiting ?? 0);
    for (const [segment, count] of Object.entries(entry.met ?? {})) met.set(segment, (met.get(segment) ?? 0) + count);
  }
  return [...waiting].reduce((sum, [segment, count]) => sum + Math.max(0, count - (met.get(segment) ?? 0)), 0);
}
