import { sayNames } from '../report/say-names.ts';
import { type Alarm, sayAnswer } from './alarm.ts';
import { audited, type Change } from './change.ts';
import type { LifecycleEvent } from './event.ts';
import type { LifecycleState } from './state.ts';

const expectationsKept = 200;

/** A person says what an alarm was, once: an alarm that was answered, or is not remembered, stays as it is. */
export function onAcknowledged(state: LifecycleState, event: Extract<LifecycleEvent, { kind: 'acknowledged' }>): Change {
  const { answer, subjects, who, note } = event;
  const alarm = state.alarms?.find(({ report }) => report === event.report);
  if (alarm === undefined || alarm.answer !== undefined) return { state, effects: [] };
  const answered: LifecycleState = {
    ...state,
    alarms: (state.alarms as readonly Alarm[]).map((one) => (one === alarm ? { ...alarm, answer } : one)),
    ...(answer.kind === 'expected' ? { expected: withExpected(state, subjects, answer.until) } : {}),
    ...(answer.kind === 'false' && state.checks ? { checks: { ...state.checks, falseAlarms: state.checks.falseAlarms + 1 } } : {}),
  };
  const says = `${who}: the alarm of ${alarm.asOf.slice(0, 10)} (${sayNames(subjects)}) was ${sayAnswer(answer)}.${note === undefined ? '' : ` ${note}`}`;
  return {
    state: answered,
    effects: [audited(event.eventId, `acknowledged-${answer.kind}`, says, { evidence: event.report, asOf: alarm.asOf })],
  };
}

/** The newest word on a subject holds. */
function withExpected({ expected }: LifecycleState, subjects: readonly string[], until: NonNullable<LifecycleState['asOf']>) {
  const others = Object.entries(expected ?? {}).filter(([subject]) => !subjects.includes(subject));
  const all = [...others, ...subjects.map((subject) => [subject, until] as const)];
  return Object.fromEntries(all.slice(-expectationsKept));
}
