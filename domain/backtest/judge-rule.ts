import { daysBetween, plusDays } from '../identity/event-time.ts';
import { quietToClose } from '../report/quiet-looks.ts';
import type { AlarmEpisode, Degradation, Hindsight, JudgedRule, Look, LookAlarm, RuleName, Warning } from './backtest.ts';
import { daysOf, runsOf } from './runs-of.ts';

export interface Past extends Hindsight {
  readonly looks: readonly Look[];
  readonly segments: Readonly<Record<string, Hindsight>>;
  readonly windowDays: number;
  readonly lookEveryDays: number;
  readonly budgetDays: number;
}

/**
 * Holds a rule's alarms against what the labels said in the end. Alarms in a row are one episode, by {@link runsOf}.
 *
 * An alarm is confirmed when a degradation holds any of the days it is about, or begins within a window's length after them: inputs may
 * move before the error grows. It is false when labels showed none there; while those labels are not known it is open. An alarm about a slice
 * is held against the labels of its rows alone.
 */
export function judgeRule(rule: RuleName, past: Past): JudgedRule {
  const { looks, degradations, windowDays, lookEveryDays, budgetDays } = past;
  const alarmsOf = (look: Look) => look.alarms[rule];
  const isOf = (alarms: readonly LookAlarm[]) => whatBecame(alarms, past);
  const runs = runsOf(looks, (look) => alarmsOf(look).length > 0 || (look.outcome === 'inconclusive' ? undefined : false));
  const episodes = runs.map((run) => episodeOf(run, alarmsOf, isOf));
  const falseAlarms = episodes.filter(({ is }) => is === 'false').length;
  const warnings = degradations.map((degradation) => warningOf(degradation, looks, alarmsOf, windowDays));
  const alarmed = looks.flatMap((look) => (alarmsOf(look).length > 0 ? [{ asOf: look.asOf, is: isOf(alarmsOf(look)) }] : []));
  return {
    rule,
    alarmed,
    alarmedLooks: alarmed.length,
    falseLooks: alarmed.filter(({ is }) => is === 'false').length,
    episodes,
    confirmed: episodes.filter(({ is }) => is === 'confirmed').length,
    falseAlarms,
    open: episodes.filter(({ is }) => is === 'open').length,
    falseAlarmsPerBudget: (falseAlarms * budgetDays) / (looks.length * lookEveryDays),
    warnings,
    missed: degradations.filter(({ lasts, maturedAt }, index) => lasts && maturedAt !== undefined && warnings[index]?.is === 'none').length,
  };
}

function episodeOf(
  run: readonly Look[],
  alarmsOf: (look: Look) => readonly LookAlarm[],
  isOf: (alarms: readonly LookAlarm[]) => AlarmEpisode['is'],
): AlarmEpisode {
  const [first, last] = [run[0], run.at(-1)] as [Look, Look];
  const alarms = run.flatMap(alarmsOf);
  const says = alarmsOf(first).map((alarm) => alarm.says);
  return {
    first: first.asOf,
    last: last.asOf,
    looks: run.length,
    subjects: [...new Set(alarms.map(({ subject }) => subject))],
    says: says.join(' '),
    is: isOf(alarms),
  };
}

function whatBecame(alarms: readonly LookAlarm[], past: Past): AlarmEpisode['is'] {
  const { segments, windowDays } = past;
  const labelled = [...new Set(alarms.map(({ segment }) => segment))].flatMap((segment) => {
    const of = segment === undefined ? past : segments[segment];
    return of === undefined ? [] : [{ of, alarms: alarms.filter((alarm) => alarm.segment === segment) }];
  });
  const isConfirmed = labelled.some(({ of, alarms }) =>
    of.degradations.some((degradation) => alarms.some(foretelling(degradation, windowDays))),
  );
  if (isConfirmed) return 'confirmed';
  const refutable = labelled.flatMap(({ of, alarms }) => {
    const whole = alarms.filter(({ isBetweenGroups }) => !isBetweenGroups);
    return whole.length === 0 ? [] : [isDecided(whole, of, windowDays)];
  });
  return refutable.length > 0 && refutable.every((isDecided) => isDecided) ? 'false' : 'open';
}

function foretelling({ span }: Degradation, windowDays: number): (alarm: LookAlarm) => boolean {
  return ({ about }) => span.from < plusDays(about.to, windowDays) && about.from < span.to;
}

/** Whether every window that could confirm the alarms is known, and there is one. */
function isDecided(alarms: readonly LookAlarm[], { hindsight }: Hindsight, windowDays: number): boolean {
  const asked = hindsight.filter(({ window }) =>
    alarms.some(({ about }) => window.from < plusDays(about.to, windowDays) && about.from < window.to),
  );
  return asked.length > 0 && asked.every(({ is }) => is !== 'unknown');
}

function warningOf(
  degradation: Degradation,
  looks: readonly Look[],
  alarmsOf: (look: Look) => readonly LookAlarm[],
  windowDays: number,
): Warning {
  const foretells = foretelling(degradation, windowDays);
  const told = looks.find((look) => alarmsOf(look).some((alarm) => foretells(alarm) && isNew(alarm, look, looks, alarmsOf)));
  if (told === undefined) return { is: looks.some((look) => alarmsOf(look).some(foretells)) ? 'on already' : 'none' };
  const { maturedAt } = degradation;
  return { is: 'told', at: told.asOf, ...(maturedAt && { daysEarly: daysBetween(told.asOf, maturedAt) }) };
}

/** Not alarmed about in the three looks before, where looks of one day are one. */
function isNew({ subject }: LookAlarm, { asOf }: Look, looks: readonly Look[], alarmsOf: (look: Look) => readonly LookAlarm[]): boolean {
  const earlier = daysOf(looks.filter((look) => look.asOf.slice(0, 10) < asOf.slice(0, 10))).slice(-quietToClose);
  const sameDay = looks.filter((look) => look.asOf.slice(0, 10) === asOf.slice(0, 10) && look.asOf < asOf);
  return [...earlier.flat(), ...sameDay].every((before) => alarmsOf(before).every((alarm) => alarm.subject !== subject));
}
