import { type PastBlocks, pastBlocks } from '../calendar/past-blocks.ts';
import { eventTime, plusDays } from '../identity/event-time.ts';
import type { Policy } from '../policy/policy.ts';
import type { Judgement } from '../report/report.ts';
import { benjaminiHochberg } from '../statistics/benjamini-hochberg.ts';
import { assessPerformance, type PerformanceStandards } from './assess-performance.ts';
import { lackingOutcomes } from './lacking-outcomes.ts';
import { measurePerformance, type PerformanceMeasure } from './measure-performance.ts';
import type { OutcomeDay } from './outcome-day.ts';
import type { OutcomeScale } from './outcome-scale.ts';
import { recentDays } from './recent-days.ts';
import type { LaterOutcomes } from './stable-outcome-blocks.ts';

export interface LevelRules extends Pick<Policy['performance'], 'metric' | 'drop' | 'sudden'> {
  readonly scale: OutcomeScale;
  readonly windowDays: number;
  readonly season: Policy['baseline']['season'];
  /** What an adjusted p-value must not exceed. */
  readonly level: number;
  /** Set where days are random parts: none is the newest. */
  readonly rowsAreIndependent?: true;
}

export interface LevelDays {
  readonly anchor: readonly OutcomeDay[];
  readonly steady: readonly OutcomeDay[];
  readonly window: readonly OutcomeDay[];
  /** Between the anchor and the window: how far steady ones differ is learnt from them too. */
  readonly later?: LaterOutcomes;
}

export interface Levels {
  /** Over the whole window, against the anchor. */
  readonly whole: PerformanceMeasure;
  readonly signals: readonly Judgement[];
  /** The p-values handed in, adjusted with the levels' own. */
  readonly beside: readonly number[];
}

/**
 * Is the metric at another level than it was? `drop` holds the whole window against the baseline's anchor; `sudden` holds its newest days
 * (the fewest that hold enough outcomes to be judged) against the steady days before the window. Where rows are independent of time there is
 * `drop` alone.
 *
 * @param beside p-values of other alarms in the same layer: the family is adjusted together
 */
export function assessLevels(rules: LevelRules, { anchor, steady, window, later }: LevelDays, beside: readonly number[]): Levels {
  const { metric, scale, level, drop } = rules;
  const newest = recentDays(window, (outcomes) => lackingOutcomes(metric, outcomes.matched, outcomes) === undefined);
  const whole = measurePerformance(metric, scale, anchor, window, pastOfWindow(rules, window), later);
  const judged: [PerformanceMeasure, Pick<PerformanceStandards, 'rule' | 'limit'>][] = [[whole, { rule: 'drop', limit: drop }]];
  if (!rules.rowsAreIndependent) {
    const past = pastOf(rules, newest, new Set(newest.map(({ day }) => day)).size);
    judged.push([measurePerformance(metric, scale, steady, newest, past), { rule: 'sudden', limit: rules.sudden }]);
  }
  const adjusted = benjaminiHochberg([...judged.map(([{ test }]) => (test.kind === 'none' ? 1 : test.pValue)), ...beside]);
  const signals = judged.map(([measured, rule], index) =>
    assessPerformance(measured, { ...rule, level, adjustedPValue: adjusted[index] as number }),
  );
  return { whole, signals, beside: adjusted.slice(judged.length) };
}

/** What a window is held against: blocks of the past, or all rows of it where they are independent. */
export function pastOfWindow(
  rules: Pick<LevelRules, 'season' | 'windowDays' | 'rowsAreIndependent'>,
  window: readonly { readonly day: string }[],
): PastBlocks | 'independentRows' {
  return rules.rowsAreIndependent ? 'independentRows' : pastOf(rules, window, rules.windowDays);
}

/** The blocks of the past for some days that are judged: as long as they, and of the same season where the policy names one. */
export function pastOf({ season }: Pick<LevelRules, 'season'>, days: readonly { readonly day: string }[], length: number): PastBlocks {
  const dates = days.map(({ day }) => day).sort();
  const [first, last] = [dates[0], dates.at(-1)];
  if (season === 'none' || first === undefined || last === undefined) return length;
  return pastBlocks(season, { from: eventTime(first), to: plusDays(eventTime(last), 1) });
}
