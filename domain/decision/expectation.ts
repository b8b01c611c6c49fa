import type { EventTime } from '../identity/event-time.ts';

/** Until when alarms of a subject are expected, by `layer/subject`, such as `performance/mae`. */
export type Expectations = Readonly<Record<string, EventTime>>;

/** To the end of which UTC day an alarm of this subject is expected as of a time; undefined when it is not. */
export function expectedUntil(expected: Expectations | undefined, subject: string, asOf: EventTime): string | undefined {
  const until = expected?.[subject]?.slice(0, 10);
  return until !== undefined && asOf.slice(0, 10) <= until ? until : undefined;
}
