import type { Policy } from '../policy/policy.ts';
import { sayNumber, sayShare } from '../report/say-number.ts';
import type { Alarm } from './alarm.ts';
import { falseAlarmRate } from './false-alarm-rate.ts';
import type { LifecycleState } from './state.ts';

const listedAtMost = 5;

/** For people: how many alarms were false, beside the budget, and which nobody has said anything of. No lines before the first check. */
export function tellAlarms(state: LifecycleState, watch: Policy['watch']): string[] {
  const rate = falseAlarmRate(state, watch);
  if (rate === undefined) return [];
  const { since, falseAlarms, checks, share, allowed } = rate;
  const { atMost, perDays } = watch.falseAlarms;
  const open = unanswered(state);
  return [
    `False alarms: ${falseAlarms} in ${counted(checks, 'check')} since ${since.slice(0, 10)} (${sayShare(share)}); the budget allows ${sayNumber(allowed)} in as many (at most ${atMost} in ${sayNumber(perDays)} days).`,
    ...(open.length === 0 ? [] : [tellOpen(state, open)]),
  ];
}

/** Alarms nobody has answered, oldest first. */
export function unanswered({ alarms = [] }: LifecycleState): readonly Alarm[] {
  return alarms.filter(({ answer }) => answer === undefined);
}

/** An alarm's short name: the day and the first digits of its report. */
export function nameAlarm({ asOf, report }: Alarm): string {
  return `${asOf.slice(0, 10)} (${report.slice(0, 12)})`;
}

function tellOpen({ model }: LifecycleState, open: readonly Alarm[]): string {
  const older = open.length - listedAtMost;
  const newest = open.slice(-listedAtMost).map(nameAlarm).join(', ');
  return `Not acknowledged: ${counted(open.length, 'alarm')}, ${newest}${older > 0 ? ` and ${older} before` : ''}. What was it? anchorwatch ack ${model} ${open.at(-1)?.asOf.slice(0, 10)} --real | --false | --expected UNTIL`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
