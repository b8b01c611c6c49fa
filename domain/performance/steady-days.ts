import { assessLevels, type LevelRules } from './assess-levels.ts';
import type { OutcomeDay } from './outcome-day.ts';

export interface SteadyDays {
  /** The rolling reference, in any order. */
  readonly days: readonly OutcomeDay[];
  /** Dates after the baseline on which drop or sudden alarmed. */
  readonly alarmed: ReadonlySet<string>;
}

const millisecondsPerDay = 86_400_000;

/**
 * The rolling reference: the newest days on which nothing alarmed, as many as the baseline has. It begins as the baseline; each later day
 * is judged as a look at it would have by the baseline's blocks, and joins when neither drop nor sudden alarmed.
 *
 * Alarmed days never enter, so a model that stays bad does not become the standard. A slow decline does enter, day by day: that is what
 * the frozen anchor and the trend are for.
 *
 * @param later days after the baseline and before what is judged, in any order
 *
 * Cost O(days²), which for some months of days is little.
 */
export function steadyDays(rules: LevelRules, anchor: readonly OutcomeDay[], later: readonly OutcomeDay[]): SteadyDays {
  const atMost = datesOf(anchor).length;
  const joined: OutcomeDay[] = [];
  const alarmed = new Set<string>();
  const before = (date: string) => newest([...anchor, ...joined.filter(({ day }) => day < date)], atMost);
  for (const date of datesOf(later)) {
    const from = new Date(Date.parse(date) - (rules.windowDays - 1) * millisecondsPerDay).toISOString().slice(0, 10);
    const window = later.filter(({ day }) => day >= from && day <= date);
    const { signals } = assessLevels(rules, { anchor, steady: before(from), window }, []);
    if (signals.some(({ outcome }) => outcome === 'fail')) alarmed.add(date);
    else joined.push(...later.filter(({ day }) => day === date));
  }
  return { days: newest([...anchor, ...joined], atMost), alarmed };
}

function newest(days: readonly OutcomeDay[], dates: number): OutcomeDay[] {
  const kept = new Set(datesOf(days).reverse().slice(0, dates));
  return days.filter(({ day }) => kept.has(day));
}

function datesOf(days: readonly OutcomeDay[]): string[] {
  return [...new Set(days.map(({ day }) => day))].sort();
}
