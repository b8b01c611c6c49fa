import { addOutcomes } from '../ledger/add-counts.ts';
import { isWorseWhenLarger, levelAfter } from '../policy/drop.ts';
import type { Drop, MetricName, Policy } from '../policy/policy.ts';
import { windowBlocks } from '../statistics/history-blocks.ts';
import { type Slope, slopeT } from '../statistics/slope.ts';
import { comparisonOf } from './comparison.ts';
import { hasKinds } from './lacking-outcomes.ts';
import type { OutcomeDay } from './outcome-day.ts';
import type { OutcomeScale } from './outcome-scale.ts';
import { worsening } from './outcome-sums.ts';
import { seasonOffsets } from './season-offsets.ts';

export const fewestWeeks = 8;
/** Since the baseline, where that has {@link fewestBaselineWeeks}. */
export const fewestShortWeeks = 4;
export const fewestBaselineWeeks = 3;
/** From its first week to its last: so far a line must lead for the whole limit to be asked of it. */
const wholeLimitWeeks = 6;
/** Weeks of days that are like the day before by .5 are like the week before by .12: a line through many is less sure by this factor. */
const widening = 1.1;
const millisecondsPerDay = 86_400_000;

type Season = Policy['baseline']['season'];

interface Week {
  /** The newest 0, the older ones below. */
  readonly week: number;
  readonly value: number;
  readonly rows: number;
}

export interface TrendLine {
  /** Of the worsening, above 0 is worse. */
  readonly line: Slope;
  /** Through the weeks since the baseline alone. */
  readonly isShort: boolean;
  /** The metric on the line in the first week, and in the last with its 95% interval, the first week's taken as it is. */
  readonly reference: number;
  readonly value: number;
  readonly interval: readonly [number, number];
  /** Where in the last week the metric is too much worse. */
  readonly threshold: number;
  /** One-sided; where two lines were drawn, twice that of the one told. */
  readonly pValue: number;
}

export interface Trend {
  /** One metric value for each week that has rows, by the week's number, the newest 0 and the older ones below. */
  readonly weeks: readonly (readonly [week: number, value: number])[];
  readonly rows: number;
  /** What was taken out of the weeks, as the baseline has it. */
  readonly season: Season;
  /** Absent where too few weeks are known. */
  readonly drawn?: TrendLine;
}

/**
 * The metric week by week, and the straight line through at least eight and at most 26 of them. Weeks are counted back from the newest
 * day; those with under a tenth of the usual rows, or too few outcomes of a kind that the metric weighs, are left out.
 *
 * While four to seven whole weeks are known since the baseline, a line is drawn through these alone: how far weeks scatter is known from the
 * baseline's as well. Where there are eight in all, both are drawn; told is the one that has led further of its limit, and its p is doubled.
 *
 * Where the policy names a season, each week is less what its days of the month, or its weekdays, made of it in the baseline; days that the
 * baseline has too few like are left out. Few weeks less a day of the month are as unsure as the baseline's few of it: no short line is drawn.
 *
 * @param all    in any order
 * @param season and the baseline's days that it is known by
 * @param limit  how far a line of six weeks or more, from the first to the last, must have led; a sixth of it for each week of a shorter one
 */
export function measureTrend(
  metric: MetricName,
  scale: OutcomeScale,
  all: readonly OutcomeDay[],
  { season, anchor: allAnchor, limit }: { readonly season: Season; readonly anchor: readonly OutcomeDay[]; readonly limit: Drop },
): Trend {
  const offsetOf = seasonOffsets(metric, scale, allAnchor, season);
  const [days, anchor] = [all, allAnchor].map((some) => some.filter(({ day }) => offsetOf(day) !== undefined)) as [
    OutcomeDay[],
    OutcomeDay[],
  ];
  const weeksOf = weeksIn(metric, scale, offsetOf);
  const whole = weeksOf(days);
  const since = wholeWeeks(
    weeksOf,
    days.filter(({ day }) => allAnchor.every((held) => held.day < day)),
  );
  const steady = wholeWeeks(weeksOf, anchor);
  const isYoung = since.length >= fewestShortWeeks && since.length < fewestWeeks && steady.length >= fewestBaselineWeeks;
  const pointsOf = (weeks: readonly Week[]) => weeks.map(({ week, value }) => [week, worsening(metric, value, 0)] as const);

  const longLine = whole.length < fewestWeeks ? undefined : slopeT(pointsOf(whole), [], widening);
  const shortLine = isYoung && season !== 'dayOfMonth' ? slopeT(pointsOf(since), asBusyAs(since, steady), widening) : undefined;
  const long = longLine && drawnAlong(metric, whole, limit, { line: longLine, isShort: false });
  const short = shortLine && drawnAlong(metric, since, limit, { line: shortLine, isShort: true });
  const isShortTold = short !== undefined && (long === undefined || shareOfLimit(short) > shareOfLimit(long));
  const [told, weeks]: readonly [TrendLine | undefined, readonly Week[]] = isShortTold ? [short, since] : [long, whole];
  return {
    weeks: weeks.map(({ week, value }) => [week, value]),
    rows: weeks.reduce((sum, { rows }) => sum + rows, 0),
    season,
    ...(told && { drawn: long && short ? { ...told, pValue: Math.min(1, 2 * told.pValue) } : told }),
  };
}

function weeksIn(metric: MetricName, scale: OutcomeScale, offsetOf: (day: string) => number | undefined) {
  const comparison = comparisonOf(metric, scale);
  const rowsOf = ({ outcomes }: OutcomeDay) => comparison.rowsOf([outcomes]);
  return (days: readonly OutcomeDay[]): readonly Week[] => {
    const newest = newestOf(days);
    return windowBlocks(days, 7, rowsOf).flatMap((block) => {
      const outcomes = block.map((day) => day.outcomes);
      const value = hasKinds(metric, outcomes.reduce(addOutcomes)) ? comparison.metricOf(outcomes) : undefined;
      const week = 0 - Math.floor((newest - Date.parse(block[0]?.day as string)) / millisecondsPerDay / 7);
      const rows = comparison.rowsOf(outcomes);
      const offset = block.reduce((sum, day) => sum + rowsOf(day) * (offsetOf(day.day) as number), 0) / rows;
      return value === undefined ? [] : [{ week, value: value - offset, rows }];
    });
  };
}

function newestOf(days: readonly OutcomeDay[]): number {
  return Math.max(...days.map(({ day }) => Date.parse(day)));
}

/** Without the oldest, which began before the days. */
function wholeWeeks(weeksOf: (days: readonly OutcomeDay[]) => readonly Week[], days: readonly OutcomeDay[]): readonly Week[] {
  const oldest = Math.min(...days.map(({ day }) => Date.parse(day)));
  const count = Math.floor(((newestOf(days) - oldest) / millisecondsPerDay + 1) / 7);
  return weeksOf(days).filter(({ week }) => -week < count);
}

/** Values of steady weeks, as far apart as they would be at most had they no more rows than other weeks. */
function asBusyAs(weeks: readonly Week[], steady: readonly Week[]): number[] {
  const rows = weeks.reduce((sum, week) => sum + week.rows, 0) / weeks.length;
  const mean = steady.reduce((sum, { value }) => sum + value, 0) / steady.length;
  return steady.map((week) => mean + (week.value - mean) * Math.sqrt(Math.max(1, week.rows / rows)));
}

function drawnAlong(
  metric: MetricName,
  weeks: readonly Week[],
  limit: Drop,
  { line, isShort }: Pick<TrendLine, 'line' | 'isShort'>,
): TrendLine {
  const sign = isWorseWhenLarger(metric) ? 1 : -1;
  const numbers = weeks.map(({ week }) => week);
  const [first, last] = [Math.min(...numbers), Math.max(...numbers)];
  const [reference, value] = [sign * line.at(first), sign * line.at(last)];
  const ends = line.interval.map((slope) => reference + sign * slope * (last - first)).sort((a, b) => a - b);
  return {
    line,
    isShort,
    reference,
    value,
    interval: ends as unknown as readonly [number, number],
    threshold: levelAfter(metric, reference, { ...limit, by: limit.by * Math.min(1, (last - first) / wholeLimitWeeks) }),
    pValue: line.pGreater,
  };
}

function shareOfLimit({ line, reference, value, threshold }: TrendLine): number {
  return (Math.sign(line.slope) * Math.abs(value - reference)) / Math.abs(threshold - reference);
}
