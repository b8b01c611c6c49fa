import type { EventTime } from '../identity/event-time.ts';
import { quietToClose } from '../report/quiet-looks.ts';
import type { Alarm } from './alarm.ts';
import { episodeOf, sayEpisode } from './alarms-by-episode.ts';
import { audited, type Change, told } from './change.ts';
import { type Episode, episodeAfter, isOpen, isSameDay } from './episode.ts';
import type { LifecycleEvent } from './event.ts';
import { foretold } from './foretold.ts';
import { otherAlarms, withAlarm } from './remember-look.ts';
import type { LifecycleState } from './state.ts';

type Reported = Extract<LifecycleEvent, { kind: 'reported' }>;

/** Rules 2: a look that alarms belongs to an episode, and what a person said of that holds for it. When one closes, people hear. */
export function rememberInEpisode(state: LifecycleState, event: Reported): Change {
  const expected = foretold(state, event);
  const episode = episodeAfter(state.episode, event, expected);
  if (episode === undefined) return { state: withAlarm(state, event, expected), effects: [] };

  const place = { number: episode.number, since: episode.since, look: placeOf(episode, otherAlarms(state, event), event.asOf) };
  const remembered = withAlarm(state, event, expected ?? episode.answered?.answer, place);
  if (!hasClosed(state.episode, episode)) return { state: { ...remembered, episode }, effects: [] };

  const says = sayEnd(state, episode);
  return {
    state: { ...remembered, episode: { ...episode, told: [] } },
    effects: [
      audited(event.eventId, 'episode-closed', says, { evidence: event.report, asOf: event.asOf }),
      ...(episode.told.length > 0 ? [told(event.eventId, 'green', says)] : []),
    ],
  };
}

/** Which look of its episode one is, from 1. */
function placeOf({ number }: Episode, others: readonly Alarm[], asOf: EventTime): number {
  const last = others.findLast(({ episode }) => episode?.number === number);
  if (last?.episode === undefined) return 1;
  return isSameDay(last.asOf, asOf) ? last.episode.look : last.episode.look + 1;
}

function hasClosed(before: Episode | undefined, after: Episode): boolean {
  return before !== undefined && isOpen(before) && !isOpen(after);
}

/** One that closes on the day it began was taken back by a look that was made again. */
function sayEnd({ alarms = [] }: LifecycleState, { number, since, day }: Episode): string {
  if (isSameDay(since, day.asOf)) return `The alarm of ${since.slice(0, 10)} is taken back: the look was made again and found none.`;
  const last = alarms.findLast(({ episode }) => episode?.number === number);
  const days = last === undefined ? since.slice(0, 10) : sayEpisode(episodeOf(alarms, last));
  return `The episode of ${days} is over: ${quietToClose} looks in a row without an alarm.`;
}
