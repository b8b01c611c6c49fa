/** One row as a version predicted it, beside what turned out to be true. */
export interface ScoredRow {
  readonly id: string;
  /** Milliseconds since 1970 UTC, event time. */
  readonly timeMilliseconds: number;
  readonly label: string | number | boolean | null;
  readonly prediction: string | number | boolean | null;
  /** Name of the query it is an item of; absent where it is of none. */
  readonly query?: string;
  /** Of the positive class, such as its probability; absent where the version answered none. */
  readonly score?: number;
}
