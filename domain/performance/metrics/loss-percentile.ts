/** Rows whose loss lies between two bounds, taken as spread evenly there. */
export interface LossStep {
  readonly rows: number;
  readonly low: number;
  readonly high: number;
}

/**
 * A percentile of the loss of single rows: between the two rows next to rank share × (rows - 1), ranks from 0, in proportion (as numpy's
 * default). It is off by no more than the width of the step it falls in.
 *
 * @param steps ascending, each holding whole rows
 * @param share 0.25 for the 25th
 * @returns in the unit of the loss, undefined without rows
 *
 * Cost O(steps). Source: Hyndman & Fan, "Sample quantiles in statistical packages", 1996, definition 7.
 */
export function lossPercentile(steps: readonly LossStep[], share: number): number | undefined {
  const filled = steps.filter(({ rows }) => rows > 0);
  const last = filled.reduce((sum, { rows }) => sum + rows, 0) - 1;
  if (last < 0) return undefined;
  const rank = share * last;
  const [below, above] = [lossAt(filled, Math.floor(rank)), lossAt(filled, Math.ceil(rank))];
  return below + (rank - Math.floor(rank)) * (above - below);
}

function lossAt(steps: readonly LossStep[], rank: number): number {
  let before = 0;
  for (const { rows, low, high } of steps) {
    if (rank < before + rows) return low + ((rank - before + 0.5) / rows) * (high - low);
    before += rows;
  }
  return Number.NaN;
}
