import type { EventTime } from '../identity/event-time.ts';
import { sayNames } from '../report/say-names.ts';
import { type Alarm, type AlarmAnswer, sayAnswer } from './alarm.ts';

/** Alarms of one episode. */
export interface EpisodeOfAlarms {
  readonly first: EventTime;
  readonly last: EventTime;
  /** How many looks alarmed, whether they are remembered still or not. */
  readonly looks: number;
  /** Those that are remembered, oldest first. */
  readonly alarms: readonly Alarm[];
}

/** Oldest first. An alarm that belongs to no episode, from before there were any, is one by itself. */
export function episodesOf(alarms: readonly Alarm[]): EpisodeOfAlarms[] {
  const found = new Map<number | string, [Alarm, ...Alarm[]]>();
  for (const alarm of alarms) {
    const key = alarm.episode?.number ?? alarm.report;
    const before = found.get(key);
    if (before === undefined) found.set(key, [alarm]);
    else before.push(alarm);
  }
  return [...found.values()].map(joined);
}

export function episodeOf(alarms: readonly Alarm[], alarm: Alarm): EpisodeOfAlarms {
  return episodesOf(alarms).find((episode) => episode.alarms.includes(alarm)) ?? joined([alarm]);
}

/** `2011-05-16 – 2011-06-27 (7 looks)`. */
export function sayEpisode({ first, last, looks }: EpisodeOfAlarms): string {
  return `${sayDays({ first, last })} (${looks} look${looks === 1 ? '' : 's'})`;
}

/** `alarms of 2011-05-16 – 2011-06-27 (performance/mae) were a false alarm.` */
export function sayAcknowledged(episode: EpisodeOfAlarms, subjects: readonly string[], answer: AlarmAnswer): string {
  const [alarms, were] = episode.alarms.length === 1 ? ['alarm', 'was'] : ['alarms', 'were'];
  return `${alarms} of ${sayDays(episode)} (${sayNames(subjects)}) ${were} ${sayAnswer(answer)}.`;
}

/** `2011-05-16`, or `2011-05-16 – 2011-06-27`. */
export function sayDays({ first, last }: Pick<EpisodeOfAlarms, 'first' | 'last'>): string {
  const [from, to] = [first.slice(0, 10), last.slice(0, 10)];
  return from === to ? from : `${from} – ${to}`;
}

function joined(alarms: readonly [Alarm, ...Alarm[]]): EpisodeOfAlarms {
  const [first] = alarms;
  const last = alarms.at(-1) ?? first;
  return { first: first.episode?.since ?? first.asOf, last: last.asOf, looks: last.episode?.look ?? 1, alarms };
}
