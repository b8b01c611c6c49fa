import { likeDaysNeeded } from '../calendar/kind-of-day.ts';
import { addOutcomes } from '../ledger/add-counts.ts';
import { isWorseWhenLarger, levelAfter } from '../policy/drop.ts';
import type { Drop, MetricName, Policy } from '../policy/policy.ts';
import type { Judgement } from '../report/report.ts';
import { sayNumber, sayP } from '../report/say-number.ts';
import { historyBlocks } from '../statistics/history-blocks.ts';
import { type Slope, slopeT } from '../statistics/slope.ts';
import { comparisonOf } from './comparison.ts';
import { hasKinds, outcomesNeeded } from './lacking-outcomes.ts';
import type { OutcomeDay } from './measure-performance.ts';
import { metricInWords } from './metric-in-words.ts';
import type { OutcomeScale } from './outcome-scale.ts';
import { worsening } from './outcome-sums.ts';
import { seasonOffsets } from './season-offsets.ts';

const fewestWeeks = 8;
const millisecondsPerWeek = 7 * 86_400_000;

type Season = Policy['baseline']['season'];

export interface Trend {
  /** One metric value for each week that has rows, by the week's number, the newest 0 and the older ones below. */
  readonly weeks: readonly (readonly [week: number, value: number])[];
  readonly rows: number;
  /** What was taken out of the weeks, as the baseline has it. */
  readonly season: Season;
  /** Of the worsening, above 0 is worse; absent under eight weeks. */
  readonly line?: Slope;
}

export interface TrendStandards {
  /** How far the line must have led from its first week to its last. */
  readonly limit: Drop;
  readonly adjustedPValue: number;
  readonly level: number;
  /** Whether the policy retrains on it; otherwise it warns. */
  readonly critical: boolean;
}

/**
 * The metric week by week, and the straight line through at least eight and at most 26 of them. Weeks are counted back from the newest
 * day; those with under a tenth of the usual rows, or too few outcomes of a kind that the metric weighs, are left out.
 *
 * Where the policy names a season, each week is less what its days of the month, or its weekdays, made of it in the baseline; days that the
 * baseline has too few like are left out.
 *
 * @param days   in any order
 * @param season and the baseline's days that it is known by
 */
export function measureTrend(
  metric: MetricName,
  scale: OutcomeScale,
  all: readonly OutcomeDay[],
  { season, anchor }: { readonly season: Season; readonly anchor: readonly OutcomeDay[] },
): Trend {
  const comparison = comparisonOf(metric, scale);
  const offsetOf = seasonOffsets(metric, scale, anchor, season);
  const days = all.filter(({ day }) => offsetOf(day) !== undefined);
  const rowsOf = ({ outcomes }: OutcomeDay) => comparison.rowsOf([outcomes]);
  const history = historyBlocks(days, 7, rowsOf);
  const newest = Math.max(...days.map(({ day }) => Date.parse(day)));
  const measured = (history.unit === 'window' ? history.blocks : []).flatMap((block) => {
    const outcomes = block.map((day) => day.outcomes);
    const value = hasKinds(metric, outcomes.reduce(addOutcomes)) ? comparison.metricOf(outcomes) : undefined;
    const week = 0 - Math.floor((newest - Date.parse(block[0]?.day as string)) / millisecondsPerWeek);
    const rows = comparison.rowsOf(outcomes);
    const offset = block.reduce((sum, day) => sum + rowsOf(day) * (offsetOf(day.day) as number), 0) / rows;
    return value === undefined ? [] : [{ week, value: value - offset, rows }];
  });
  const worse = measured.map(({ week, value }) => [week, worsening(metric, value, 0)] as const);
  const line = measured.length < fewestWeeks ? undefined : slopeT(worse);
  return {
    weeks: measured.map(({ week, value }) => [week, value]),
    rows: measured.reduce((sum, { rows }) => sum + rows, 0),
    season,
    ...(line ? { line } : {}),
  };
}

/**
 * Judges whether the metric gets worse week by week: it fails when the line has led from its value in the first week (`reference`) to its
 * value in the last (`value`) as far as the limit, and the one-sided p-value of its slope, adjusted, is at most the level. The interval
 * is that of the last week's value, the first week's taken as it is. Getting better never fails.
 */
export function assessTrend(
  metric: MetricName,
  { weeks, rows, season, line }: Trend,
  { limit, adjustedPValue, level, critical }: TrendStandards,
): Judgement {
  const common = {
    layer: 'performance',
    subject: metric,
    statistic: 'trend',
    critical,
    policyPath: '/performance/trend',
    statistics: { rows, weeks: weeks.length, ...(line ? { worsePerWeek: line.slope } : {}) },
  } as const;
  if (line === undefined) {
    const like = season === 'none' ? '' : `, each day with ${likeDaysNeeded(season)}`;
    const missing = `${fewestWeeks} weeks with ${outcomesNeeded(metric)}${like}`;
    const says = `${metricInWords(metric)} week by week cannot be judged: needs ${missing}.`;
    return { ...common, outcome: 'inconclusive', missing, says };
  }

  const sign = isWorseWhenLarger(metric) ? 1 : -1;
  const [first, last] = [Math.min(...weeks.map(([week]) => week)), Math.max(...weeks.map(([week]) => week))];
  const [reference, value] = [sign * line.at(first), sign * line.at(last)];
  const ends = line.interval.map((slope) => reference + sign * slope * (last - first)).sort((a, b) => a - b);
  const threshold = levelAfter(metric, reference, limit);
  const failed = line.slope > 0 && worsening(metric, value, threshold) >= 0 && adjustedPValue <= level;
  return {
    ...common,
    outcome: failed ? 'fail' : 'pass',
    value,
    reference,
    interval: ends as unknown as readonly [number, number],
    threshold,
    pValue: line.pGreater,
    adjustedPValue,
    says: `${metricInWords(metric)} from ${sayNumber(reference)} to ${sayNumber(value)} along ${weeks.length} weeks${season === 'none' ? '' : ', their season taken out'} (alarm at ${sayNumber(threshold)}), p = ${sayP(adjustedPValue)}.`,
  };
}
