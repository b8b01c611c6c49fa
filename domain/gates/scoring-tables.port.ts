import type { Version } from '../identity/names.ts';
import type { Answer, Cell } from '../serving/scorer.port.ts';
import type { ScoredRow } from './scored-row.ts';
import type { ScoredRows } from './scored-rows.ts';

/** A file of rows, and those of its columns that are kept beside what is answered. */
export interface RowsToScore {
  readonly path: string;
  readonly columns: readonly string[];
}

/** Prepared rows in, scored rows out: the files between preparation, scoring and gates. */
export interface ScoringTables {
  /** Feature rows of a file in its own order, so many at a time; columns in the order given. */
  features(path: string, columns: readonly string[], batchRows: number): AsyncIterable<readonly (readonly Cell[])[]>;
  /**
   * Writes rows beside their predictions (in the order of `features`), leaving out rows without one; scores too where any has
   * one. The file appears whole or not at all; one that is there is replaced.
   */
  write(to: string, rows: RowsToScore, version: Version, predictions: readonly (Answer | undefined)[]): Promise<void>;
  /** Rows in a scored file; absent: there is no such file. */
  count(path: string): Promise<number | undefined>;
  read(scored: ScoredRows): Promise<readonly ScoredRow[]>;
}

/** Names of the columns scoring adds to a file. */
export const scoredColumns = { prediction: 'prediction', version: 'version', score: 'prediction_score' } as const;
