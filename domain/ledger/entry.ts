import type { PartitionClock } from '../calendar/partition-clock.ts';
import type { Artefact } from '../identity/artefact.ts';
import type { EventTime } from '../identity/event-time.ts';
import type { Digest, Version } from '../identity/names.ts';
import type { ClassTotals } from '../performance/metrics/class-totals.ts';

/** An exact integer as text: sums exceed 2^53. */
export type Int = string;

/** Counts of one sealed segment on one grid: a pure function of the two and of the segments that stand before it in the order of looks. */
export interface Entry extends Artefact<'entry', 1> {
  readonly grid: Digest;
  readonly segment: string;
  readonly knownAt: EventTime;
  readonly partitions: readonly Partition[];
  readonly anomalies: Readonly<Partial<Record<AnomalyKind, number>>>;
  /** Outcomes of the segment that found no prediction yet. */
  readonly waiting?: number;
  /** Waiting outcomes this segment's predictions met, by the segment in which they waited. */
  readonly met?: Readonly<Record<string, number>>;
  /** What a prediction without an outcome was counted as, apart from outcomes; absent: as nothing. */
  readonly presumes?: number | string;
  /** How partitions were made; absent: by days in UTC. */
  readonly clock?: PartitionClock;
  /** Why nothing of the segment could be counted; its anomalies then say one `malformed`, or one `missing-column`. */
  readonly fault?: SegmentFault;
}

/** A segment that cannot be read as a whole: what happened, in which file, and what to do. */
export interface SegmentFault {
  readonly code: 'unreadable' | 'column-missing' | 'changed' | 'gone';
  /** Those that are missing; faults of older programs name none. */
  readonly columns?: readonly string[];
  readonly says: string;
}

/** Bad input is counted by kind, never dropped in silence and never fatal. */
export type AnomalyKind =
  | 'malformed'
  | 'missing-column'
  | 'wrong-type'
  | 'duplicate'
  | 'late'
  | 'orphan'
  | 'missing-time'
  | 'missing-id'
  | 'missing-query'
  | 'failed-request'
  | 'future-time';

/** Rows of one event day or hour and one model version. */
export interface Partition extends SliceCounts {
  /** `YYYY-MM-DD`, or an hour as `YYYY-MM-DDTHH:00Z`: what the entry's clock shows when it begins. */
  readonly day: string;
  readonly version: Version;
  /** By name; on the columns' coarse cells. Absent where the grid has none; a slice without a row is left out. */
  readonly slices?: Readonly<Record<string, SliceCounts>>;
  /** By column: where the errors of rows with an outcome lie. Apart, what predictions without one were presumed to be. */
  readonly errors?: Readonly<Record<string, ErrorCells>>;
  readonly presumedErrors?: Readonly<Record<string, ErrorCells>>;
  /** Rows in files that lack a feature of the grid, and in files that have one it does not know, by its name; older programs did not look. */
  readonly missingColumns?: Readonly<Record<string, number>>;
  readonly newColumns?: Readonly<Record<string, number>>;
}

/** Some rows, counted. */
export interface SliceCounts {
  readonly rows: number;
  readonly columns: Readonly<Record<string, ColumnCounts>>;
  readonly outcomes?: OutcomeCounts;
  /**
   * Predictions that have no outcome yet, counted with the label the entry presumes. A segment of outcomes takes back here what its
   * predictions were presumed to be.
   */
  readonly presumed?: OutcomeCounts;
}

/** Rows with an outcome by coarse cell of one column; behind the column's own cells, rows without a value. */
export interface ErrorCells {
  readonly rows: readonly number[];
  /** Of quantities |prediction - outcome| in the prediction column's unit; of classes wrong answers. */
  readonly loss: readonly number[];
  /** Of quantities prediction - outcome, in the same unit. */
  readonly signed?: readonly number[];
  /** Of quantities prediction - centre, in the same unit; of classes rows that were said to be of the most frequent one. Absent in counts of older programs. */
  readonly predicted?: readonly number[];
  /** Of quantities the squares of the same, of all cells together. */
  readonly predictedSquares?: Int;
  /** Of the prediction column itself, where it is of quantities: (prediction - outcome)^2. Absent in counts of older programs. */
  readonly squared?: readonly Int[];
}

export interface ColumnCounts {
  /** One count for each cell of the column. */
  readonly cells: readonly number[];
  readonly nulls: number;
  /** Neither finite nor missing. */
  readonly notANumber: number;
  /** Of these, infinite ones. */
  readonly infinite?: number;
  /** Values outside the column's declared range; they are in the cells too. */
  readonly outOfRange?: number;
  /** Of texts those without a character; absent: none, or, where the shortest has none, counts of an older program. */
  readonly empty?: number;
  readonly typeErrors: number;
  /** Fixed-point sum and sum of squares of (value - centre) in the column's unit. */
  readonly sum?: Int;
  readonly sumOfSquares?: Int;
  /** Values further than 128 sigma from the centre: they enter the sums as 128 sigma. */
  readonly clipped?: number;
  /** Excess over the outer edges, in the column's unit: what Wasserstein needs of the open cells. */
  readonly lowExcess?: Int;
  readonly highExcess?: Int;
  readonly min?: number;
  readonly max?: number;
  /**
   * Categories that had no cell of their own, by name: of all such names the ten thousand whose hash is smallest, with their exact
   * counts; in counts of older programs twenty, and no buckets. So the list is the same however the rows were dealt out.
   */
  readonly newCategories?: Readonly<Record<string, number>>;
  /** Rows of all other such names, by the bucket of their hash; absent: there are none. */
  readonly newCategoryBuckets?: readonly number[];
}

/** Matured outcomes of the partition's predictions. Sums of errors are fixed-point in the prediction column's unit. */
export interface OutcomeCounts {
  readonly matched: number;
  readonly correct?: number;
  readonly absoluteError?: Int;
  readonly squaredError?: Int;
  readonly signedError?: Int;
  readonly quantities?: QuantityCounts;
  /**
   * Rows by true class and predicted class, row by row of a table: for k <= 32 named classes k + 1 rows of k + 2 columns. The last row
   * is all other true classes; column k the same unnamed class, column k + 1 an unnamed class that is wrong.
   */
  readonly confusion?: readonly number[];
  /** In place of the table where more than 32 classes are named; all others are the last one. */
  readonly classes?: ClassTotals;
  readonly scores?: ScoreCounts;
  /** The same of each class the grid has a score of, by its name. */
  readonly classScores?: Readonly<Record<string, ScoreCounts>>;
  /** Of rows with the scores of all these classes; absent in counts of older programs. */
  readonly classLosses?: ClassLossCounts;
  /** Where rows are items of queries: of queries whose first row, by day and id, is in the partition. */
  readonly queries?: QueryCounts;
  /** By name, of the measures the grid names. */
  readonly measures?: Readonly<Record<string, MeasureCounts>>;
}

/** What else is summed of quantities. */
export interface QuantityCounts {
  readonly rows: number;
  /** Fixed-point sum and sum of squares of (outcome - centre) in the prediction column's unit. */
  readonly outcome: Int;
  readonly outcomeSquared: Int;
  /** Rows whose outcome is not 0, and their |error| / |outcome| in 2^-20. */
  readonly nonZero: number;
  readonly percentageError: Int;
  /** 2 |error| / (|prediction| + |outcome|), in 2^-20. */
  readonly symmetricError: Int;
  /** Rows by the size of their error, see `errorCellOf`; absent in counts of older programs. */
  readonly errorCells?: readonly number[];
}

/** Rows with a score by the score column's cells, and by whether the outcome was the class that is scored. */
export interface ScoreCounts {
  readonly positives: readonly number[];
  readonly negatives: readonly number[];
  /** Scores that are no probability; they enter none of the sums below. */
  readonly improbable: number;
  /** Sum of the scores in each cell, in 2^-20. */
  readonly sums: readonly number[];
  /** In nats, 2^-20. */
  readonly logLoss: Int;
  /** (score - outcome)^2, in 2^-40. */
  readonly squaredError: Int;
}

/** Rows that carry the score of every class, and what their scores together cost. A class without a score counts as one of score 0. */
export interface ClassLossCounts {
  readonly rows: number;
  /** Rows with a score that is no probability; they enter neither sum. */
  readonly improbable: number;
  /** -ln of the score of the class that came, in nats, 2^-20. */
  readonly logLoss: Int;
  /** Sum over classes of (score - 1 for the class that came, else 0)^2, in 2^-40. */
  readonly squaredError: Int;
}

/** Queries, and the sums of their metrics in 2^-20 and of the squares in 2^-40. */
export interface QueryCounts {
  /** With an item whose label is known. */
  readonly labelled: number;
  /** Of these, with two such items or more and a relevant one: they have an nDCG. */
  readonly ordered: number;
  readonly ndcg: Int;
  readonly ndcgSquared: Int;
  /** With a relevant item: they have an average precision. */
  readonly relevant: number;
  readonly averagePrecision: Int;
  readonly averagePrecisionSquared: Int;
}

/** Rows that carry a measure, and the sums of its columns in 2^-20. */
export interface MeasureCounts {
  readonly rows: number;
  readonly sum: Int;
  /** Absent where the measure is of a day. */
  readonly per?: Int;
}
