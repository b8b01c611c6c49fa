import type { Policy } from '../policy/policy.ts';
import { sayNumber } from '../report/say-number.ts';
import type { Alarm } from './alarm.ts';
import { type EpisodeOfAlarms, episodesOf, sayDays } from './alarms-by-episode.ts';
import { falseAlarmRate } from './false-alarm-rate.ts';
import type { LifecycleState } from './state.ts';

const listedAtMost = 5;

/**
 * For people: how many episodes of alarms were false, beside the budget, and which nobody has said anything of. No lines before the first
 * check.
 */
export function tellAlarms(state: LifecycleState, watch: Policy['watch']): string[] {
  const rate = falseAlarmRate(state, watch);
  if (rate === undefined) return [];
  const { since, falseAlarms, checks, allowed } = rate;
  const { atMost, perDays } = watch.falseAlarms;
  const open = unanswered(state);
  return [
    `False alarms: ${counted(falseAlarms, 'episode')} in ${counted(checks, 'check')} since ${since.slice(0, 10)}; the budget allows ${sayNumber(allowed)} in as many (at most ${atMost} in ${sayNumber(perDays)} days).`,
    ...(open.length === 0 ? [] : [tellOpen(state, open)]),
  ];
}

/** An alarm's short name: the day and the first digits of its report. */
export function nameAlarm({ asOf, report }: Alarm): string {
  return `${asOf.slice(0, 10)} (${report.slice(0, 12)})`;
}

/** Episodes with alarms nobody has answered, with these alone, oldest first. */
function unanswered({ alarms = [] }: LifecycleState): readonly EpisodeOfAlarms[] {
  return episodesOf(alarms.filter(({ answer }) => answer === undefined));
}

function tellOpen({ model }: LifecycleState, open: readonly EpisodeOfAlarms[]): string {
  const older = open.length - listedAtMost;
  const newest = open.slice(-listedAtMost).map(nameEpisode).join(', ');
  return `Not acknowledged: ${counted(open.length, 'episode')}, ${newest}${older > 0 ? ` and ${older} before` : ''}. What was it? anchorwatch ack ${model} ${open.at(-1)?.last.slice(0, 10)} --real | --false | --expected UNTIL`;
}

/** Its days and looks, and the first digits of its newest report: `2011-05-16 – 2011-06-27 (7 looks, 201106270300)`. */
function nameEpisode(episode: EpisodeOfAlarms): string {
  return `${sayDays(episode)} (${counted(episode.looks, 'look')}, ${episode.alarms.at(-1)?.report.slice(0, 12)})`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
