/** Rows of one group, and the sum of their values. */
export interface GroupSum {
  readonly rows: number;
  readonly sum: number;
}

/**
 * Correlation ratio (eta squared): the share of the variance of values that lies between groups. `adjusted` is less what groups that mean
 * nothing show, which is (groups − 1) / (rows − 1), and may be below 0.
 *
 * Groups without rows are none. A value and the group are as one where it is 1; where it is 0 all groups have one mean.
 *
 * @param squares sum of the squares of all values, counted from the same origin as the sums
 * @returns undefined with fewer than two groups, no more rows than groups, or values that are all the same
 *
 * Cost O(groups). Source: Pearson, "On the general theory of skew correlation", 1905; adjusted: Kelley, "An unbiased correlation ratio", 1935.
 */
export function correlationRatio(groups: readonly GroupSum[], squares: number): { etaSquared: number; adjusted: number } | undefined {
  const filled = groups.filter(({ rows }) => rows > 0);
  const rows = filled.reduce((all, group) => all + group.rows, 0);
  const sum = filled.reduce((all, group) => all + group.sum, 0);
  const [between, all] = [filled.reduce((so, group) => so + group.sum ** 2 / group.rows, 0) - sum ** 2 / rows, squares - sum ** 2 / rows];
  if (filled.length < 2 || rows <= filled.length || all <= squares * Number.EPSILON * rows) return undefined;
  const etaSquared = Math.min(1, Math.max(0, between / all));
  return { etaSquared, adjusted: 1 - ((1 - etaSquared) * (rows - 1)) / (rows - filled.length) };
}
