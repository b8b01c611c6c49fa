import type { OutcomeInput } from '../../report/assessment-input.ts';
import { errorDays } from '../errors/error-day.ts';
import { outcomeDays } from '../outcome-days.ts';
import type { KnownDay } from './foresight.ts';

export interface KnownDays {
  /** Days of the baseline. */
  readonly anchor: readonly KnownDay[];
  /** Those after it. */
  readonly after: readonly KnownDay[];
}

/** Days of the watched version whose outcomes have matured, each once. */
export function knownDays({ baseline, version, windowDays, maturedWindow }: OutcomeInput): KnownDays {
  const of = (partitions: typeof windowDays.matured): KnownDay[] => {
    const errors = new Map(errorDays(partitions, version).map(({ day, columns }) => [day, columns]));
    return outcomeDays(partitions, version).map((day) => ({ ...day, errors: errors.get(day.day) ?? {} }));
  };
  const isMature = ({ day }: KnownDay) => day < maturedWindow.to.slice(0, 10);
  const anchor = of(baseline?.days ?? []).filter(isMature);
  const after = of([...windowDays.earlier, ...windowDays.matured]).filter(isMature);
  return { anchor, after: after.filter(({ day }) => anchor.every((held) => held.day < day)) };
}
