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

/**
 * How far such estimates were off, of each window whose outcomes are known by now, the newest first. Each is estimated as it would have been at its
 * end: from the outcomes that were known then.
 *
 * Cost O(windows × calibration days × cells).
 */
export function pastErrors(rules: EstimateRules, known: readonly ScoredDay[], isEnough: (days: readonly ScoredDay[]) => boolean): number[] {
  const errors: number[] = [];
  for (let left = known; left.length > 0; ) {
    const window = newestDays(left, rules.windowDays);
    left = left.filter((day) => !window.includes(day));
    const end = Math.max(...window.map(({ day }) => Date.parse(day))) + millisecondsPerDay;
    const by = left.filter(({ day }) => Date.parse(day) < end - rules.delayDays * millisecondsPerDay);
    const truth = comparisonOf(rules.metric, rules.scale).metricOf(window.map(({ outcomes }) => outcomes));
    const estimate = isEnough(by) ? estimateMetric(rules, by, rowsOf(window, rules.scale)) : undefined;
    if (truth !== undefined && estimate !== undefined) errors.push(Math.abs(estimate.value - truth));
  }
  return errors;
}

/** Days with outcomes as if they had none yet. */
function rowsOf(days: readonly ScoredDay[], { classes, positive = '' }: OutcomeScale): ScoredRows {
  const outcomes = days.map((day): OutcomeCounts => day.outcomes).reduce(addOutcomes);
  const { positives = [], negatives = [] } = outcomes.scores ?? {};
  return { cells: sumCells([positives, negatives]), saidPositive: classTotalsOf(outcomes)?.predicted[classes.indexOf(positive)] ?? 0 };
}
