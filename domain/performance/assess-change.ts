import { fewestLike, kindOfDay, likeDaysNeeded } from '../calendar/kind-of-day.ts';
import { daysLike, type PastBlocks } from '../calendar/past-blocks.ts';
import { addOutcomes } from '../ledger/add-counts.ts';
import { levelAfter } from '../policy/drop.ts';
import type { Drop, MetricName, Policy } from '../policy/policy.ts';
import type { Judgement } from '../report/report.ts';
import { sayNumber } from '../report/say-number.ts';
import { evidenceOf } from '../statistics/e-detector.ts';
import { eDetectorOfKinds, type ValueOfKind } from '../statistics/e-detector-of-kinds.ts';
import { singleDays } from '../statistics/history-blocks.ts';
import { comparisonOf } from './comparison.ts';
import { type CustomaryChanges, customaryDetectors } from './customary-detectors.ts';
import { hasKinds, outcomesNeeded } from './lacking-outcomes.ts';
import { metricInWords } from './metric-in-words.ts';
import type { OutcomeDay } from './outcome-day.ts';
import type { OutcomeScale } from './outcome-scale.ts';
import { worsening } from './outcome-sums.ts';

const fewestDays = 14;

export interface ChangeStandards {
  /** How much worse than the baseline the window must be: a change that is certain and small, or over, is no alarm. */
  readonly limit: Drop;
  /** Days between two false alarms, on average. */
  readonly runLength: number;
  /** Whether the policy retrains on it; otherwise it warns. */
  readonly critical: boolean;
}

export interface ChangeRules {
  readonly scale: OutcomeScale;
  readonly season: Policy['baseline']['season'];
  /** First day, `YYYY-MM-DD`, of the window. */
  readonly from: string;
  /** Tells the baseline's days that the window is held against. */
  readonly past: PastBlocks;
  readonly runLength: number;
}

export interface Change {
  readonly season: Policy['baseline']['season'];
  readonly daysInBaseline: number;
  readonly days: number;
  /** Later days that were left out: the baseline has too few like them. */
  readonly daysUnlike: number;
  /** The largest evidence of any day since the baseline, an e-value. */
  readonly evidence: number;
  /** The first day on which a change was told. */
  readonly toldOn?: string;
  /** Second opinions, which decide nothing and know no season. */
  readonly customary: CustomaryChanges;
  /** The metric over the baseline's days like the window and over the window; absent where either cannot be had. */
  readonly values?: { readonly before: number; readonly now: number };
}

/**
 * Looks at the metric of every day since the baseline with the {@link eDetectorOfKinds}; its guarantee and its condition hold for as many days
 * as are handed in. Where the policy names a season, a day is ranked among those of its weekday or day of the month alone; else among all. Days
 * with under a tenth of the usual rows, too few outcomes of a kind that the metric weighs, or too few like them in the baseline are left out.
 *
 * @param later days after the baseline, in any order, the window's among them
 */
export function measureChange(
  metric: MetricName,
  anchor: readonly OutcomeDay[],
  later: readonly OutcomeDay[],
  { scale, season, from, past, runLength }: ChangeRules,
): Change {
  const comparison = comparisonOf(metric, scale);
  const metricOf = (days: readonly OutcomeDay[]) => {
    const outcomes = days.map((day) => day.outcomes);
    return outcomes.length > 0 && hasKinds(metric, outcomes.reduce(addOutcomes)) ? comparison.metricOf(outcomes) : undefined;
  };
  const usual = singleDays([...anchor, ...later], ({ outcomes }) => comparison.rowsOf([outcomes])).toReversed();
  const baseline = new Set(anchor.map(({ day }) => day));
  const losses = usual.flatMap((days) => {
    const [day, value] = [days[0]?.day as string, metricOf(days)];
    return value === undefined ? [] : [{ day, kind: kindOfDay(season, day), value: worsening(metric, value, 0) }];
  });
  const steady = losses.filter(({ day }) => baseline.has(day));
  const isHeld = ({ kind }: DayLoss) => season === 'none' || steady.filter((other) => other.kind === kind).length >= fewestLike;
  const since = losses.filter(({ day }) => !baseline.has(day));
  const held = since.filter(isHeld);
  const evidence = evidenceByDay(steady, held, runLength);

  const toldOn = evidence.find(({ value }) => value >= runLength)?.day;
  const [before, now] = [metricOf(daysLike(anchor, past)), metricOf(later.filter(({ day }) => day >= from))];
  return {
    season,
    daysInBaseline: steady.length,
    days: evidence.length,
    daysUnlike: since.length - evidence.length,
    evidence: Math.max(0, ...evidence.map(({ value }) => value)),
    customary: season === 'none' ? customaryDetectors(steady.map(lossOf), held.map(lossOf)) : {},
    ...(toldOn === undefined ? {} : { toldOn }),
    ...(before !== undefined && now !== undefined ? { values: { before, now } } : {}),
  };
}

interface DayLoss extends ValueOfKind {
  readonly day: string;
}

function lossOf({ value }: DayLoss): number {
  return value;
}

function evidenceByDay(steady: readonly DayLoss[], later: readonly DayLoss[], runLength: number) {
  const { start, observe } = eDetectorOfKinds(steady, runLength);
  let state = start;
  return later.map((loss) => {
    state = observe(state, loss).state;
    return { day: loss.day, value: evidenceOf(state) };
  });
}

/**
 * Judges whether days have become worse since the baseline: it fails when a change was told and the window is worse than the baseline by
 * the limit, so it stands as long as the change does. `value` is the largest evidence, `threshold` the run length: both are e-values.
 * Inconclusive under 14 days of baseline, or without a later one that the baseline has days like.
 */
export function assessChange(metric: MetricName, change: Change, { limit, runLength, critical }: ChangeStandards): Judgement {
  const { daysInBaseline, days, daysUnlike, evidence, toldOn, values } = change;
  const common = {
    layer: 'performance',
    subject: metric,
    statistic: 'change',
    critical,
    threshold: runLength,
    policyPath: '/watch/falseAlarms',
    statistics: { daysInBaseline, days, ...(daysUnlike > 0 && { daysUnlike }) },
  } as const;
  if (daysInBaseline < fewestDays || days === 0 || values === undefined) {
    const missing = lacking(metric, change);
    const says = `${metricInWords(metric)} day by day cannot be judged: needs ${missing}.`;
    return { ...common, outcome: 'inconclusive', missing, says };
  }

  const { before, now } = values;
  const failed = toldOn !== undefined && worsening(metric, now, levelAfter(metric, before, limit)) >= 0;
  return {
    ...common,
    outcome: failed ? 'fail' : 'pass',
    value: evidence,
    reference: 0,
    statistics: { ...common.statistics, ...change.customary, worseBy: worsening(metric, now, before) },
    says: `${metricInWords(metric)} ${sayNumber(now)}, anchor ${sayNumber(before)}: evidence for a change ${sayNumber(evidence)} (alarm at ${sayNumber(runLength)})${toldOn === undefined ? '' : `, told on ${toldOn}${failed ? '' : ', of less than matters'}`}.`,
  };
}

function lacking(metric: MetricName, { season, daysInBaseline, days, daysUnlike }: Change): string {
  const needed = outcomesNeeded(metric);
  if (daysInBaseline < fewestDays) return `${fewestDays} days of baseline with ${needed}; there are ${daysInBaseline}`;
  if (days === 0 && daysUnlike > 0) return `${likeDaysNeeded(season)} with ${needed}`;
  if (days > 0 && season !== 'none') return 'matured days in the window, and days of baseline like them';
  return `matured days after the baseline${needed === 'outcomes' ? '' : ` with ${needed}`}`;
}
