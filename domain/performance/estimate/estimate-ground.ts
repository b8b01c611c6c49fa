import type { GridColumn } from '../../grid/grid.ts';
import { daysBetween, type EventTime, eventTime, plusDays } from '../../identity/event-time.ts';
import { addOutcomes } from '../../ledger/add-counts.ts';
import type { OutcomeCounts, Partition } from '../../ledger/entry.ts';
import { traitsOf } from '../../policy/metric-traits.ts';
import { mergeCells } from '../../statistics/cell-groups.ts';
import { total } from '../../statistics/counts.ts';
import type { HistoryTest } from '../../statistics/test-against-history.ts';
import type { ErrorDay } from '../errors/error-day.ts';
import type { ScoreCells } from '../metrics/score-cells.ts';
import type { Calibration } from './calibration.ts';
import { calibrationGap } from './calibration-gap.ts';
import { type OutcomeCells, testConcept } from './concept-test.ts';
import {
  calibrationOf,
  type EstimateRules,
  newestDays,
  newestOf,
  type PastEstimate,
  pastEstimates,
  type ScoredDay,
} from './estimate-metric.ts';
import type { ScoredRows } from './expected-outcomes.ts';
import { type ConceptOfColumn, testShiftedColumns } from './shifted-columns.ts';

/** What tells whether an estimate may be believed. */
export interface EstimateGround {
  /** Days from the end of the newest day with outcomes to the end of the window. */
  readonly ageDays: number;
  readonly delayDays: number;
  /** Outcomes of the newest block that has them. */
  readonly newest: { readonly positives: number; readonly negatives: number };
  /** Upper bound of how wrong rates were on the newest block, made from those before; undefined without both. */
  readonly calibrationGap: number | undefined;
  /** How far the metric must fall to alarm, in its own unit. */
  readonly alarmDistance: number;
  /** The metric is a share, so that rates and metric are in one unit. */
  readonly isShare: boolean;
  /** Of score and outcome together, the newest block against those before. */
  readonly concept: HistoryTest;
  /** The same of the inputs that moved most and wrong answers. */
  readonly conceptOfColumns: readonly ConceptOfColumn[];
  readonly rows: ScoredRows;
  readonly calibration: Calibration;
  /** How far estimates of windows were off whose outcomes are known by now, the newest first. */
  readonly pastErrors: readonly number[];
}

export interface GroundInput extends Pick<EstimateGround, 'rows' | 'calibration' | 'alarmDistance'> {
  readonly windowEnd: EventTime;
  readonly errors: { readonly columns: readonly GridColumn[]; readonly days: readonly ErrorDay[]; readonly window: readonly Partition[] };
}

/** Under so many outcomes, or so many of either class, rates are not known well enough. */
export const fewestOutcomes = 500;
export const fewestOfAKind = 50;

/**
 * @param known       days with outcomes, at least one
 * @param rows        what is estimated
 * @param windowEnd   of the window they are in
 * @param errors      days whose wrong answers were counted by cell, and the columns and days of the window to hold them against
 */
export function groundOf(
  rules: EstimateRules,
  known: readonly ScoredDay[],
  { rows, calibration, windowEnd, alarmDistance, errors }: GroundInput,
): EstimateGround {
  const newest = newestDays(known, rules.windowDays);
  const isNewest = ({ day }: { readonly day: string }) => newest.some((one) => one.day === day);
  const before = known.filter((day) => !newest.includes(day));
  const fresh = scoresOf(newest);
  const earlier = calibrationOf(newestDays(before, rules.calibrationDays), rules.groups);
  return {
    ageDays: daysBetween(plusDays(eventTime(newestOf(newest)), 1), windowEnd),
    delayDays: rules.delayDays,
    newest: { positives: total(fresh.positives), negatives: total(fresh.negatives) },
    calibrationGap: earlier && calibrationGap(earlier, fresh),
    alarmDistance,
    isShare: traitsOf(rules.metric).isShare,
    concept: testConcept(before.map(cellsIn(rules)), newest.map(cellsIn(rules)), rules.windowDays),
    conceptOfColumns: testShiftedColumns(
      errors.columns,
      { before: errors.days.filter((day) => !isNewest(day)), newest: errors.days.filter(isNewest) },
      errors.window,
      rules.windowDays,
    ),
    rows,
    calibration,
    pastErrors: provedEstimates(rules, known).map(({ value, truth }) => Math.abs(value - truth)),
  };
}

/** Estimates of windows whose outcomes are known by now, each made from enough outcomes; the newest first. */
export function provedEstimates(rules: EstimateRules, known: readonly ScoredDay[]): PastEstimate[] {
  return pastEstimates(rules, known, (days) => isEnough(scoresOf(days)));
}

function isEnough({ positives, negatives }: ScoreCells): boolean {
  const [hits, misses] = [total(positives), total(negatives)];
  return hits + misses >= fewestOutcomes && Math.min(hits, misses) >= fewestOfAKind;
}

function scoresOf(days: readonly ScoredDay[]): ScoreCells {
  const sum = days
    .map(({ outcomes }) => outcomes)
    .reduce<OutcomeCounts | undefined>((so, one) => (so ? addOutcomes(so, one) : one), undefined);
  return sum?.scores ?? { positives: [], negatives: [] };
}

function cellsIn({ groups }: EstimateRules): (day: ScoredDay) => OutcomeCells {
  return ({ day, outcomes: { scores } }) => ({
    day,
    positives: mergeCells(scores.positives, groups),
    negatives: mergeCells(scores.negatives, groups),
  });
}
