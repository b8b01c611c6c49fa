/** Where the errors of a window lie that the baseline did not have. All of it explains; none of it alarms. */
export interface ErrorPatterns {
  /** What is summed: |prediction - outcome| in its own unit, or wrong answers a row. */
  readonly loss: 'absoluteError' | 'wrongAnswers';
  /** Mean loss of a row. */
  readonly before: number;
  readonly now: number;
  /** One-sided, of the rise over all rows against the past's blocks; absent where it cannot be tested. */
  readonly pValue?: number;
  /** Ranges of columns that became worse by half as much again as all rows did, and certainly so, those with the most of it first. */
  readonly ranges: readonly ErrorRange[];
  /** How many cells of columns were tested: the family of the p-values. */
  readonly tested: number;
  /** Day by day; days of under ten rows are left out. */
  readonly days: readonly { readonly day: string; readonly rows: number; readonly loss: number }[];
  /** Share of the rows on the fewest days that hold half of what is more than before; absent where nothing is more. */
  readonly halfWithinDays?: number;
  /** What became more frequent, the most first. */
  readonly kinds: readonly ErrorKind[];
  readonly says: string;
}

/** Neighbouring cells of one column. */
export interface ErrorRange {
  readonly column: string;
  /** `12.1 to 14.5`, `= pro`, `no value`. */
  readonly where: string;
  readonly rows: number;
  readonly shareOfRows: number;
  readonly before: number;
  readonly now: number;
  /** Of `now - before`, 95%, by how far the past's blocks differ. */
  readonly interval?: readonly [number, number];
  /** Of what all rows have more than before; absent where they have not. */
  readonly shareOfExcess?: number;
  /** By Benjamini–Hochberg over all cells, the largest of those in the range. */
  readonly adjustedPValue: number;
}

/** Too high, too low; or one class taken for another. Mean loss of a row that is of this kind, or rows of it a row. */
export interface ErrorKind {
  readonly kind: string;
  readonly before: number;
  readonly now: number;
}
