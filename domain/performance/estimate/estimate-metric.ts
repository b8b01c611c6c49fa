import { addOutcomes } from '../../ledger/add-counts.ts';
import type { OutcomeCounts, ScoreCounts } from '../../ledger/entry.ts';
import type { MetricName } from '../../policy/policy.ts';
import type { CellGroups } from '../../statistics/cell-groups.ts';
import { sumCells, total } from '../../statistics/counts.ts';
import { classTotalsOf } from '../class-totals-of.ts';
import { comparisonOf } from '../comparison.ts';
import type { OutcomeDay } from '../measure-performance.ts';
import type { OutcomeScale } from '../outcome-scale.ts';
import { type Calibration, calibrate } from './calibration.ts';
import { expectedOutcomes, type ScoredRows } from './expected-outcomes.ts';

const millisecondsPerDay = 86_400_000;

export interface EstimateRules {
  readonly metric: MetricName;
  readonly scale: OutcomeScale;
  /** Coarse cells of the score. */
  readonly groups: CellGroups;
  /** Of the window that is estimated. */
  readonly windowDays: number;
  /** How long a row waits for its outcome. */
  readonly delayDays: number;
  /** How many of the newest days with outcomes the calibration is made of. */
  readonly calibrationDays: number;
}

export interface Estimate {
  readonly value: number;
  readonly calibration: Calibration;
}

/** A day with outcomes of scored rows. */
export interface ScoredDay extends OutcomeDay {
  readonly outcomes: OutcomeCounts & { readonly scores: ScoreCounts };
}

/** What the metric of some rows is if scores mean what they meant on the newest days that have outcomes; undefined where it cannot be had. */
export function estimateMetric(
  { metric, scale, groups, calibrationDays }: EstimateRules,
  known: readonly ScoredDay[],
  rows: ScoredRows,
): Estimate | undefined {
  const calibration = calibrationOf(newestDays(known, calibrationDays), groups);
  if (calibration === undefined || total(rows.cells) <= 0) return undefined;
  const value = comparisonOf(metric, scale).metricOf([expectedOutcomes(rows, calibration, scale)]);
  return value === undefined ? undefined : { value, calibration };
}

export function calibrationOf(days: readonly ScoredDay[], groups: CellGroups): Calibration | undefined {
  const scores = days.length === 0 ? undefined : days.map(({ outcomes }): OutcomeCounts => outcomes).reduce(addOutcomes).scores;
  return scores && calibrate(scores, groups);
}

/** The days from so many before the newest one on. */
export function newestDays<T extends { readonly day: string }>(days: readonly T[], length: number): T[] {
  const newest = Math.max(...days.map(({ day }) => Date.parse(day)));
  return days.filter(({ day }) => Date.parse(day) > newest - length * millisecondsPerDay);
}

/** A window whose outcomes are known by now, estimated as it would have been at its end: from the outcomes that were known then. */
export interface PastEstimate {
  /** `YYYY-MM-DD` of its newest day. */
  readonly to: string;
  readonly value: number;
  readonly truth: number;
}

/**
 * Such estimates of windows one after the other, the newest first; those that too few outcomes came before are left out.
 *
 * Cost O(windows × calibration days × cells).
 */
export function pastEstimates(
  rules: EstimateRules,
  known: readonly ScoredDay[],
  isEnough: (days: readonly ScoredDay[]) => boolean,
): PastEstimate[] {
  return windowsOf(known, rules.windowDays).flatMap((window) => {
    const to = newestOf(window);
    const waiting = rules.delayDays * millisecondsPerDay;
    const by = known.filter(
      ({ day }) => Date.parse(day) < Date.parse(to) + millisecondsPerDay - waiting && !window.some((one) => one.day === day),
    );
    const truth = comparisonOf(rules.metric, rules.scale).metricOf(window.map(({ outcomes }) => outcomes));
    const value = isEnough(by) ? estimateMetric(rules, by, rowsOf(window, rules.scale))?.value : undefined;
    return truth === undefined || value === undefined ? [] : [{ to, value, truth }];
  });
}

/** Days cut into windows, the newest first; the last one may be short. */
export function windowsOf<T extends { readonly day: string }>(days: readonly T[], length: number): T[][] {
  const windows: T[][] = [];
  for (let left = days; left.length > 0; ) {
    const window = newestDays(left, length);
    left = left.filter((day) => !window.includes(day));
    windows.push(window);
  }
  return windows;
}

export function newestOf(days: readonly { readonly day: string }[]): string {
  return days.reduce((newest, { day }) => (day > newest ? day : newest), '');
}

/** Days with outcomes as if they had none yet. */
function rowsOf(days: readonly ScoredDay[], { classes, positive = '' }: OutcomeScale): ScoredRows {
  const outcomes = days.map((day): OutcomeCounts => day.outcomes).reduce(addOutcomes);
  const { positives = [], negatives = [] } = outcomes.scores ?? {};
  return { cells: sumCells([positives, negatives]), saidPositive: classTotalsOf(outcomes)?.predicted[classes.indexOf(positive)] ?? 0 };
}
