import type { Alarm } from './alarm.ts';
import { type Change, unchanged } from './change.ts';
import type { LifecycleEvent } from './event.ts';
import { foretold } from './foretold.ts';
import type { LifecycleState } from './state.ts';

const alarmsKept = 60;

type Reported = Extract<LifecycleEvent, { kind: 'reported' }>;

/** Rules 1: each look that alarms stands by itself. */
export function rememberLook(state: LifecycleState, event: Reported): Change {
  return unchanged(withAlarm(state, event, foretold(state, event)));
}

/**
 * A look that is made again takes the place of the one before, but what a person said of that stays.
 *
 * @param answer what is known of the alarm by other means than its own report
 */
export function withAlarm(state: LifecycleState, event: Reported, answer: Alarm['answer'], episode?: Alarm['episode']): LifecycleState {
  const { alarms = [] } = state;
  const known = alarms.find(({ report }) => report === event.report)?.answer ?? answer;
  const alarm: Alarm = { report: event.report, asOf: event.asOf, ...(known && { answer: known }), ...(episode && { episode }) };
  const kept = event.alarm ? [...otherAlarms(state, event), alarm] : otherAlarms(state, event);
  return kept.length + alarms.length === 0 ? state : { ...state, alarms: kept.slice(-alarmsKept) };
}

/** Alarms that a look leaves as they are. */
export function otherAlarms({ alarms = [] }: LifecycleState, event: Reported): readonly Alarm[] {
  return alarms.filter(({ report, asOf, answer }) => report !== event.report && (asOf !== event.asOf || answer !== undefined));
}
