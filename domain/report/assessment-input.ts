import type { Baseline } from '../baseline/baseline.ts';
import type { Grid } from '../grid/grid.ts';
import type { EventTime } from '../identity/event-time.ts';
import type { Digest, Version } from '../identity/names.ts';
import type { AnomalyKind, Partition } from '../ledger/entry.ts';
import type { Silence } from '../ledger/measure-silence.ts';
import type { OutcomeArrivals } from '../ledger/outcome-arrivals.ts';
import type { WorstRowsReference } from '../ledger/worst-rows-reference.ts';
import type { Policy } from '../policy/policy.ts';
import type { UnreadFiles } from './unread-files.ts';

/** What a look judges outcomes by, and what drift and outcomes say of each other: of a maintained model, or of one table against another. */
export interface OutcomeInput {
  readonly policy: Policy;
  readonly version: Version;
  readonly grid: Grid;
  /** Absent: nothing can be compared, and the report says so. */
  readonly baseline?: { readonly body: Pick<Baseline, 'from' | 'window'>; readonly days: readonly Partition[] };
  /** Event time [from, to) of the rows whose inputs and predictions are judged. */
  readonly window: TimeSpan;
  /** Event time [from, to) of the predictions whose labels have matured: what performance is judged on. */
  readonly maturedWindow: TimeSpan;
  readonly windowDays: {
    /** Days in `window`. */
    readonly inputs: readonly Partition[];
    /** Days in `maturedWindow`, with their outcomes. */
    readonly matured: readonly Partition[];
    /** Days between the baseline and `maturedWindow`, with their outcomes: the newest of them, at most {@link earlierDays}. */
    readonly earlier: readonly Partition[];
    /** Windows like `window` between the baseline and it, newest first: each summed, one partition a version, none where it has no row. */
    readonly before?: readonly (readonly Partition[])[];
  };
  /** Predictions of `version` in `maturedWindow`: each should have its outcome by now. */
  readonly outcomesExpected: number;
  /** Days between two looks of the schedule: 1 for daily, 7 for weekly. It sets this look's part of the false-alarm budget. */
  readonly lookEveryDays: number;
  /** Set where rows have no time and the caller takes them as independent: the partitions are then random parts, not days. */
  readonly rowsAreIndependent?: true;
}

/**
 * Everything one check looks at, all of it known as of `asOf`.
 *
 * Partitions are days of the ledger counted on `grid`. Several partitions of one day are added up, so entries need not be summed first.
 * Quality and inputs are judged on all rows given; predictions and performance on those of `version` alone.
 */
export interface AssessmentInput extends OutcomeInput {
  readonly policyDigest: Digest;
  readonly asOf: EventTime;
  readonly baseline?: { readonly digest: Digest; readonly body: Baseline; readonly days: readonly Partition[] };
  /** By the day outcomes became known, those of the window's days and before; absent: not asked. */
  readonly outcomeArrivals?: readonly OutcomeArrivals[];
  /** Of the sorted list of the entries that were summed. */
  readonly entriesDigest: Digest;
  readonly anomalies: Readonly<Partial<Record<AnomalyKind, number>>>;
  /** Files the look came upon and could read nothing of; absent: there were none. */
  readonly unread?: readonly UnreadFiles[];
  /** How long no predictions have come; absent: not known, or not asked. */
  readonly silence?: Silence;
  /** The rows that turned out most wrong, where they are kept. */
  readonly worst?: WorstRowsReference;
}

/** How far back before `maturedWindow` steady days and trends are looked for: with a window of a week, thirteen weeks are seen. */
export const earlierDays = 84;

export interface TimeSpan {
  readonly from: EventTime;
  readonly to: EventTime;
}
