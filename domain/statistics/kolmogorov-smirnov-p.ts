/** Above this many pairs of rows the limit law serves: the exact one costs a step for each pair. */
const mostPairs = 250_000;

/**
 * Two-sided p-value of a two-sample Kolmogorov–Smirnov distance: exact up to 250,000 pairs of rows, above that by Smirnov's limit.
 *
 * Ties make it too large, never too small, and so does a distance seen at the edges of cells. It takes rows as independent: over days
 * that differ it alarms far too often.
 *
 * @param distance 0…1
 * @param n        rows of one sample, at least 1
 * @param m        rows of the other, at least 1
 *
 * Cost O(min(n m, 250,000)). Source: Hodges, "The significance probability of the Smirnov two-sample test", 1958.
 */
export function kolmogorovSmirnovP(distance: number, n: number, m: number): number {
  if (distance <= 0) return 1;
  return n * m <= mostPairs ? exact(distance, n, m) : limit(Math.sqrt((n / (n + m)) * m) * distance);
}

/**
 * Share of all orders of n and m rows whose cumulative shares get as far apart. A path through the pairs (i, j) has reached the
 * distance, or came with i / (i + j) from (i - 1, j) and with j / (i + j) from (i, j - 1).
 */
function exact(distance: number, n: number, m: number): number {
  const far = distance * n * m * (1 - 1e-12);
  const reached = new Float64Array(m + 1);
  for (let i = 0; i <= n; i += 1) {
    for (let j = 0; j <= m; j += 1) {
      if (Math.abs(i * m - j * n) >= far) reached[j] = 1;
      else if (i + j > 0) reached[j] = (i * (reached[j] as number) + j * (reached[j - 1] ?? 0)) / (i + j);
    }
  }
  return reached[m] as number;
}

/** P(K > x) of Kolmogorov's limit law. Small x need the dual series: there the alternating one cancels. */
function limit(x: number): number {
  if (x < 1) {
    let below = 0;
    for (let term = 1; term <= 9; term += 2) below += Math.exp(-((term * Math.PI) ** 2) / (8 * x * x));
    return Math.max(0, 1 - (Math.sqrt(2 * Math.PI) / x) * below);
  }
  let above = 0;
  for (let term = 1; term <= 9; term += 1) above += (term % 2 === 1 ? 2 : -2) * Math.exp(-2 * (term * x) ** 2);
  return Math.min(1, above);
}
