import { episodeOf, sayAcknowledged } from './alarms-by-episode.ts';
import { audited, type Change } from './change.ts';
import { type Episode, layerOf } from './episode.ts';
import type { LifecycleEvent } from './event.ts';
import type { LifecycleState } from './state.ts';

const expectationsKept = 200;

type Acknowledged = Extract<LifecycleEvent, { kind: 'acknowledged' }>;

/** A person says what an episode was, by one of its alarms, once: an alarm that was answered, or is not remembered, stays as it is. */
export function onAcknowledged(state: LifecycleState, event: Acknowledged): Change {
  const { answer, subjects, who, note } = event;
  const { alarms = [], episode, checks } = state;
  const alarm = alarms.find(({ report }) => report === event.report);
  if (alarm === undefined || alarm.answer !== undefined) return { state, effects: [] };
  const meant = episodeOf(alarms, alarm);
  const isNewest = episode !== undefined && episode.number === alarm.episode?.number;
  const answered: LifecycleState = {
    ...state,
    alarms: alarms.map((one) => (meant.alarms.includes(one) ? { ...one, answer: one.answer ?? answer } : one)),
    ...(isNewest ? { episode: withAnswer(episode, event) } : {}),
    ...(answer.kind === 'expected' ? { expected: withExpected(state, subjects, answer.until) } : {}),
    ...(answer.kind === 'false' && checks ? { checks: { ...checks, falseAlarms: checks.falseAlarms + 1 } } : {}),
  };
  const says = `${who}: the ${sayAcknowledged(meant, subjects, answer)}${note === undefined ? '' : ` ${note}`}`;
  return {
    state: answered,
    effects: [audited(event.eventId, `acknowledged-${answer.kind}`, says, { evidence: event.report, asOf: alarm.asOf })],
  };
}

function withAnswer(episode: Episode, { answer, subjects }: Acknowledged): Episode {
  return { ...episode, answered: { answer, layers: [...new Set(subjects.map(layerOf))] } };
}

/** The newest word on a subject holds. */
function withExpected({ expected }: LifecycleState, subjects: readonly string[], until: NonNullable<LifecycleState['asOf']>) {
  const others = Object.entries(expected ?? {}).filter(([subject]) => !subjects.includes(subject));
  const all = [...others, ...subjects.map((subject) => [subject, until] as const)];
  return Object.fromEntries(all.slice(-expectationsKept));
}
