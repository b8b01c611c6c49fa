import type { EventTime } from '../identity/event-time.ts';
import type { Digest } from '../identity/names.ts';

/** A check that failed, as the model's life remembers it. */
export interface Alarm {
  readonly report: Digest;
  readonly asOf: EventTime;
  /** Absent: nobody has said yet what it was. */
  readonly answer?: AlarmAnswer;
  /** Which it belongs to, from 1; as of which look that opened; and which of its looks this was, from 1. Absent under rules 1. */
  readonly episode?: { readonly number: number; readonly since: EventTime; readonly look: number };
}

/**
 * What a person says an alarm was. `expected`: known to come, and to last to the end of the UTC day of `until`; later alarms of the same
 * subjects are expected too until then.
 */
export type AlarmAnswer = { readonly kind: 'real' } | { readonly kind: 'false' } | { readonly kind: 'expected'; readonly until: EventTime };

/** Days are compared, not instants: an expectation lasts to the end of its day. */
export function isSameAnswer(one: AlarmAnswer, other: AlarmAnswer): boolean {
  return one.kind === 'expected' && other.kind === 'expected'
    ? one.until.slice(0, 10) === other.until.slice(0, 10)
    : one.kind === other.kind;
}

/** `real`, `a false alarm`, `expected until 2011-06-01`. */
export function sayAnswer(answer: AlarmAnswer): string {
  if (answer.kind === 'expected') return `expected until ${answer.until.slice(0, 10)}`;
  return answer.kind === 'false' ? 'a false alarm' : 'real';
}
