/** Numerator and denominator of a ratio over some rows: a sum of errors and the rows, a sum of values and the rows, nulls and rows. */
export interface RatioSums {
  readonly y: number;
  /** Above 0 for a block or window that has rows. */
  readonly x: number;
}

/** The sums of all blocks together. */
export function sumRatios(blocks: readonly RatioSums[]): RatioSums {
  return blocks.reduce((sum, { y, x }) => ({ y: sum.y + y, x: sum.x + x }), { y: 0, x: 0 });
}

/** y / x; 0 where there are no rows. */
export function ratioOf({ y, x }: RatioSums): number {
  return x === 0 ? 0 : y / x;
}
