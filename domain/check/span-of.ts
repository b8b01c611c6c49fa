import { type EventTime, eventTime, plusDays } from '../identity/event-time.ts';
import type { Partition } from '../ledger/entry.ts';
import type { TimeSpan } from '../report/assessment-input.ts';
import { singleDays } from '../statistics/history-blocks.ts';

/** From the first to the last day that holds more than a few stray rows; undefined without rows. */
export function spanOf(days: readonly Partition[]): TimeSpan | undefined {
  const held = singleDays(days, ({ rows }) => rows)
    .flat()
    .map(({ day }) => day)
    .sort();
  const [first, last] = [held[0], held.at(-1)];
  return first === undefined || last === undefined ? undefined : { from: eventTime(first), to: plusDays(eventTime(last) as EventTime, 1) };
}
