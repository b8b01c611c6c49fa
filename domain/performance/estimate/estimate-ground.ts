import type { GridColumn } from '../../grid/grid.ts';
import { daysBetween, type EventTime, eventTime, plusDays } from '../../identity/event-time.ts';
import type { Partition } from '../../ledger/entry.ts';
import { traitsOf } from '../../policy/metric-traits.ts';
import type { HistoryTest } from '../../statistics/test-against-history.ts';
import { newestDays, newestOf, provedEstimates } from './estimate-metric.ts';
import { type EstimateRules, pastOfDays } from './estimate-rules.ts';
import type { Foresight, KnownDay } from './foresight.ts';
import { type ConceptOfColumn, testShiftedColumns } from './shifted-columns.ts';

/** What tells whether an estimate may be believed. */
export interface EstimateGround extends Pick<Foresight, 'signs' | 'mistakes'> {
  /** Days from the end of the newest day with outcomes to the end of the window. */
  readonly ageDays: number;
  readonly delayDays: number;
  /** What outcomes the newest block that has some lacks. */
  readonly lacking: string | undefined;
  /** Of rates made from the blocks before on the newest one; absent where there are no rates. */
  readonly calibration?: {
    /** Upper bound of how wrong they were; undefined without both. */
    readonly gap: number | undefined;
  };
  /** How far the metric must fall to alarm, in its own unit. */
  readonly alarmDistance: number;
  /** The metric is a share, so that rates and metric are in one unit. */
  readonly isShare: boolean;
  /** Of signs and outcomes together, the newest block against those before. */
  readonly concept: HistoryTest;
  /** The same of the inputs that moved most and the mistakes. */
  readonly conceptOfColumns: readonly ConceptOfColumn[];
  /** Share of the rows of whose like too few outcomes are known. */
  readonly uncovered: number;
  /** How far estimates of windows were off whose outcomes are known by now, the newest first. */
  readonly pastErrors: readonly number[];
}

export interface GroundInput extends Pick<EstimateGround, 'uncovered' | 'alarmDistance'> {
  readonly windowEnd: EventTime;
  /** Inputs, and days of the window, to hold the outcomes' days against. */
  readonly columns: readonly GridColumn[];
  readonly window: readonly Partition[];
}

/** @param known days with outcomes, at least one */
export function groundOf(
  rules: EstimateRules,
  known: readonly KnownDay[],
  { uncovered, windowEnd, alarmDistance, columns, window }: GroundInput,
): EstimateGround {
  const { foresight } = rules;
  const newest = newestDays(known, rules.windowDays);
  const before = known.filter((day) => !newest.includes(day));
  const past = pastOfDays(rules, newest);
  return {
    signs: foresight.signs,
    mistakes: foresight.mistakes,
    ageDays: daysBetween(plusDays(eventTime(newestOf(newest)), 1), windowEnd),
    delayDays: rules.delayDays,
    lacking: foresight.lacksOf(newest),
    ...(foresight.calibrationGap && {
      calibration: { gap: foresight.calibrationGap(newestDays(before, rules.calibrationDays), newest) },
    }),
    alarmDistance,
    isShare: traitsOf(rules.metric).isShare,
    concept: foresight.testConcept(before, newest, past),
    conceptOfColumns: testShiftedColumns(columns, { before, newest }, window, { testColumn: foresight.testColumn, past }),
    uncovered,
    pastErrors: provedEstimates(rules, known).map(({ value, truth }) => Math.abs(value - truth)),
  };
}
