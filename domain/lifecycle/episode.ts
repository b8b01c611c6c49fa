import type { Action } from '../decision/decision.ts';
import type { EventTime } from '../identity/event-time.ts';
import type { Version } from '../identity/names.ts';
import type { Outcome } from '../identity/outcome.ts';
import { quietAfter, quietToClose } from '../report/quiet-looks.ts';
import type { AlarmAnswer } from './alarm.ts';
import type { LifecycleEvent } from './event.ts';

/** Alarms in a row, as one: the newest of a model, open or closed. */
export interface Episode {
  /** From 1. */
  readonly number: number;
  /** As of the look that opened it. */
  readonly since: EventTime;
  /** That alarmed; absent where nothing of ours serves. */
  readonly version?: Version;
  /** What people heard of since it opened: an `alarm`, and actions. Empty when it is closed. */
  readonly told: readonly Told[];
  /** What a person said it is, or will be. */
  readonly answered?: Answered;
  readonly day: Day;
}

export type Told = 'alarm' | Exclude<Action['kind'], 'nothing' | 'watch'>;

export interface Answered {
  readonly answer: AlarmAnswer;
  /** Of what it was said. */
  readonly layers: readonly string[];
}

/** The newest day that was looked at: several looks a day are one, and one that is made again takes the place of the one before. */
interface Day {
  readonly asOf: EventTime;
  /** Of the newest look. */
  readonly outcome: Outcome;
  /** The gravest of the looks before it. */
  readonly earlier?: Outcome;
  /** Looks in a row without an alarm when the day began. */
  readonly quiet: number;
}

type Look = Extract<LifecycleEvent, { kind: 'reported' }>;

export function isOpen(episode: Episode): boolean {
  return quietLooks(episode) < quietToClose;
}

/**
 * How a look leaves the newest episode, by {@link quietAfter}. An alarm that the answer does not cover, or of another version, is
 * another episode: people have not heard of it.
 *
 * @param foretold what was said of this very alarm before it came
 */
export function episodeAfter(before: Episode | undefined, look: Look, foretold: AlarmAnswer | undefined): Episode | undefined {
  const seen = before && { ...before, day: dayAfter(before, look) };
  if (!look.alarm) return seen;
  if (seen !== undefined && isUnderWay(seen) && isSameVersion(seen, look) && isCovered(seen, look, foretold)) return seen;
  return {
    number: (before?.number ?? 0) + 1,
    since: look.asOf,
    ...(look.version === undefined ? {} : { version: look.version }),
    told: [],
    ...(foretold === undefined ? {} : { answered: { answer: foretold, layers: [] } }),
    day: { asOf: look.asOf, outcome: 'fail', quiet: quietToClose },
  };
}

/** Of what a subject tells: `performance` of `performance/mae`. */
export function layerOf(subject: string): string {
  return subject.slice(0, subject.indexOf('/'));
}

export function isSameDay(one: EventTime, other: EventTime): boolean {
  return one.slice(0, 10) === other.slice(0, 10);
}

function quietLooks({ day }: Episode): number {
  return quietAfter(day.quiet, isAlarm(graver(day.earlier, day.outcome)));
}

function dayAfter(episode: Episode, { asOf, alarm, inconclusive }: Look): Day {
  const { day } = episode;
  const outcome = alarm ? 'fail' : inconclusive ? 'inconclusive' : 'pass';
  if (!isSameDay(day.asOf, asOf)) return { asOf, outcome, quiet: quietLooks(episode) };
  return day.asOf === asOf ? { ...day, outcome } : { asOf, outcome, earlier: graver(day.earlier, day.outcome), quiet: day.quiet };
}

function graver(one: Outcome | undefined, other: Outcome): Outcome {
  return (['fail', 'pass', 'inconclusive'] as const).find((outcome) => outcome === one || outcome === other) ?? other;
}

function isAlarm(outcome: Outcome): boolean | undefined {
  return outcome === 'inconclusive' ? undefined : outcome === 'fail';
}

/** Open when the day began, or begun on it. */
function isUnderWay({ since, day }: Episode): boolean {
  return day.quiet < quietToClose || isSameDay(since, day.asOf);
}

function isSameVersion({ version }: Episode, look: Look): boolean {
  return version === undefined || look.version === undefined || version === look.version;
}

/** `real` is said of all that comes, `false` of the layers that had alarmed, `expected` of its subjects until its day. */
function isCovered({ answered }: Episode, { subjects = [] }: Look, foretold: AlarmAnswer | undefined): boolean {
  switch (answered?.answer.kind) {
    case undefined:
    case 'real':
      return true;
    case 'false':
      return subjects.every((subject) => answered?.layers.includes(layerOf(subject)));
    case 'expected':
      return foretold !== undefined;
  }
}
