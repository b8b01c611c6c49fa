import type { EventTime } from '../identity/event-time.ts';
import type { Entry } from './entry.ts';

/** Outcomes that became known on one day. */
export interface OutcomeArrivals {
  /** `YYYY-MM-DD`. */
  readonly day: string;
  readonly outcomes: number;
  /** Of these, such as found no prediction among all that was known before. */
  readonly waiting: number;
  /** Of these, such as met a prediction that became known later, by the day of that. */
  readonly met: Readonly<Record<string, number>>;
}

/**
 * When outcomes became known, and how many of them found their predictions, then or later.
 *
 * @param isOutcomes whether an entry counts a segment of outcomes
 * @param dayOf      the day of an instant, as the policy's clocks have it
 * @returns days that outcomes became known on, ascending
 *
 * Cost O(entries).
 */
export function outcomeArrivals(
  entries: readonly Entry[],
  isOutcomes: (entry: Entry) => boolean,
  dayOf: (instant: EventTime) => string,
): OutcomeArrivals[] {
  const arrived = new Map<string, string>();
  const days = new Map<string, { outcomes: number; waiting: number; met: Record<string, number> }>();
  for (const entry of entries.filter(isOutcomes)) {
    const day = dayOf(entry.knownAt);
    const found = entry.partitions.reduce((sum, { outcomes }) => sum + (outcomes?.matched ?? 0), 0);
    const { outcomes, waiting, met } = days.get(day) ?? { outcomes: 0, waiting: 0, met: {} };
    const lacking = entry.waiting ?? 0;
    days.set(day, { outcomes: outcomes + found + lacking, waiting: waiting + lacking, met });
    arrived.set(entry.segment, day);
  }
  for (const { knownAt, met = {} } of entries) {
    const later = dayOf(knownAt);
    for (const [segment, count] of Object.entries(met)) {
      const own = days.get(arrived.get(segment) ?? '')?.met;
      if (own !== undefined) own[later] = (own[later] ?? 0) + count;
    }
  }
  return [...days].sort(([one], [other]) => (one < other ? -1 : 1)).map(([day, arrivals]) => ({ day, ...arrivals }));
}
