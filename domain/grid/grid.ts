import type { Artefact } from '../identity/artefact.ts';
import type { ModelName } from '../identity/names.ts';
import type { Dimension } from '../policy/dimension.ts';
import type { Measure } from '../policy/measure.ts';
import type { RankingTask } from '../policy/policy.ts';

/** Frozen cells of every column, so that counts of any two times can be compared. Cut once, long-lived. */
export interface Grid extends Artefact<'grid', 1> {
  readonly model: ModelName;
  readonly columns: readonly GridColumn[];
  /** How rows are told apart; absent: they are not. Their slices are counted on coarse cells. */
  readonly dimensions?: readonly Dimension[];
  /** What is added up of rows with an outcome, besides how right they are. */
  readonly measures?: readonly Measure[];
  /** Scores of several classes, each in a column of its own. */
  readonly classScores?: readonly ClassScore[];
  /** Rows are items of queries, whose order is what is measured. */
  readonly ranking?: Pick<RankingTask, 'query' | 'at'>;
}

export interface ClassScore {
  /** Of the class. */
  readonly name: string;
  readonly column: string;
  /** Inner edges of the cells its scores are counted in. */
  readonly edges: readonly number[];
}

/** `score`: the number a class was predicted by. */
export type ColumnRole = 'feature' | 'prediction' | 'score';
export type ColumnKind = GridColumn['kind'];
export type GridColumn = NumericColumn | CategoricalColumn;

export interface NumericColumn {
  readonly name: string;
  readonly role: ColumnRole;
  readonly kind: 'numeric';
  /** Of a time the numbers are how many days before the row's event time it lies, of a text its length in characters. Absent: themselves. */
  readonly of?: 'time' | 'text';
  /** Ascending inner edges; cell i holds [edge i-1, edge i), the first and last are open. */
  readonly edges: readonly number[];
  /** Index of the fine cell at which each coarse cell begins; coarse cells are unions of fine ones. */
  readonly coarse: readonly number[];
  readonly centre: number;
  readonly sigma: number;
  /** Smallest and largest sound value, where they were declared. */
  readonly range?: readonly [number, number];
  /** Fixed-point unit of the sums: sigma / 2^14, or a power of two near 1 for a constant column. */
  readonly unit: number;
}

export interface CategoricalColumn {
  readonly name: string;
  readonly role: ColumnRole;
  readonly kind: 'categorical';
  readonly of?: 'boolean';
  /** Text of each category in the order of its cell; the last cell holds everything unseen when the grid was cut. */
  readonly categories: readonly string[];
}
