import { expectedUntil } from '../decision/expectation.ts';
import { eventTime } from '../identity/event-time.ts';
import type { AlarmAnswer } from './alarm.ts';
import type { LifecycleEvent } from './event.ts';
import type { LifecycleState } from './state.ts';

/** An alarm about nothing but what is expected needs no answer of its own. */
export function foretold(
  { expected }: LifecycleState,
  { subjects = [], asOf }: Extract<LifecycleEvent, { kind: 'reported' }>,
): AlarmAnswer | undefined {
  const days = subjects.map((subject) => expectedUntil(expected, subject, asOf)).sort();
  const [first] = days;
  if (first === undefined || days.includes(undefined)) return undefined;
  return { kind: 'expected', until: eventTime(first) };
}
