import type { PartitionClock } from '../calendar/partition-clock.ts';
import type { ColumnSample } from '../grid/column-sample.ts';
import type { ColumnKind, Grid } from '../grid/grid.ts';
import type { EventTime } from '../identity/event-time.ts';
import type { Version } from '../identity/names.ts';
import type { Policy } from '../policy/policy.ts';
import type { AnomalyKind, Partition, SegmentFault } from './entry.ts';
import type { Answer } from './outcome-sum.ts';
import type { RowMapping } from './row-mapping.ts';
import type { Segment } from './segment.ts';
import type { RowLoss, WorstRow } from './worst-rows.ts';

/** Rows to read: a file and how its columns are to be understood. */
export interface SegmentRows {
  readonly segment: Segment;
  readonly mapping: RowMapping;
  /** How predictions and labels compare: as numbers, or as names of classes. */
  readonly answers: ColumnKind;
  /** Name of the class whose score predictions carry; absent where they carry none. */
  readonly positive?: string;
  /** Label of predictions without an outcome; absent where they have none. */
  readonly absent?: Answer;
  /** Outcomes will come for these predictions, each right or wrong by itself: so it is counted where errors lie. */
  readonly awaitsOutcomes?: true;
  /** How rows are put into partitions; absent: by days in UTC. */
  readonly clock?: PartitionClock;
}

export interface CountOrder extends SegmentRows {
  readonly grid: Grid;
  /** Segments that stand before this one in the order of looks and are young enough to be joined, in that order. */
  readonly before: readonly SegmentRows[];
}

export interface Counted {
  readonly rows: number;
  readonly partitions: readonly Partition[];
  readonly anomalies: Readonly<Partial<Record<AnomalyKind, number>>>;
  readonly waiting?: number;
  readonly met?: Readonly<Record<string, number>>;
  readonly fault?: SegmentFault;
}

export interface SampleOrder {
  readonly rows: readonly SegmentRows[];
  /** Kinds the user fixed; all others are inferred from what the rows hold. */
  readonly declared: Policy['columns']['declared'];
  /** Rows with event times outside [from, to) are left out. */
  readonly window?: { readonly from: EventTime; readonly to: EventTime };
}

/** Reads rows and turns them into counts. A fault of a whole file is an answer, not an error. */
export interface Counting {
  /** What is known of a segment at its place in the order of looks. */
  count(order: CountOrder): Promise<Counted>;
  /** Up to 65,536 rows, evenly thinned. */
  sample(order: SampleOrder): Promise<readonly ColumnSample[]>;
  /** Why a segment cannot be read, as far as the names of its columns tell; undefined where nothing speaks against it. Cheap: no row of a table is read. */
  fault(rows: SegmentRows): Promise<SegmentFault | undefined>;
  /** How many predictions of each day and version a segment holds; none when it cannot be read. */
  days(rows: SegmentRows): Promise<readonly PredictedDay[]>;
  /**
   * The predictions of some days that turned out most wrong, by what segments say by now: the last outcome of each. Largest loss first, then
   * the newest day, then by id; rows that were right are left out. Cost grows with the segments given.
   */
  worst(order: WorstOrder): Promise<{ readonly by: RowLoss; readonly rows: readonly WorstRow[] }>;
}

export interface WorstOrder {
  readonly grid: Grid;
  /** In the order of looks. */
  readonly segments: readonly SegmentRows[];
  /** Predictions and outcomes that became known further apart are not joined. */
  readonly horizonDays: number;
  /** Whole days [from, to), as partitions name them. */
  readonly window: { readonly from: EventTime; readonly to: EventTime };
  readonly version: Version;
  readonly most: number;
}

export interface PredictedDay {
  /** As of a partition. */
  readonly day: string;
  readonly version: Version;
  readonly rows: number;
}
