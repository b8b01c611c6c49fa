/** What a numeric sample is to a comparison of means. */
export interface Moments {
  readonly rows: number;
  readonly mean: number;
  /** Of the rows themselves: sum of squares about the mean over rows, ddof 0. */
  readonly variance: number;
}

/** Unbiased variance, ddof 1, of at least two rows. */
export function sampleVariance({ rows, variance }: Moments): number {
  return (variance * rows) / (rows - 1);
}
