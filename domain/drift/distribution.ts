/**
 * How a column's values are spread in the baseline and in the window, on the same few bars. Shares are 0…1 and sum to 1; no bar stands for
 * one to nine rows of either, so no row can be told from it.
 */
export type Distribution = NumericDistribution | CategoricalDistribution;

interface BarShares {
  /** One for each bar. */
  readonly baseline: readonly number[];
  readonly window: readonly number[];
}

export interface NumericDistribution extends BarShares {
  readonly kind: 'numeric';
  /** Ascending inner edges: bar i holds [edge i-1, edge i), the first and the last are open. */
  readonly edges: readonly number[];
}

export interface CategoricalDistribution extends BarShares {
  readonly kind: 'categorical';
  /** Of each bar but the last, which holds all others. */
  readonly categories: readonly string[];
}
