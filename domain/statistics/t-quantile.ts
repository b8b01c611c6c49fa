import { tTail } from './tails.ts';

/**
 * The t with P(T > t) = `tail`, for a tail in (0, 0.5]: half the width of an interval in standard errors. To 1e-12 relative.
 *
 * Ridders' method on the logarithm of the tail, which bends little: about ten tails are measured. Source: Ridders, "A new algorithm for
 * computing a single root of a real continuous function", 1979.
 */
export function tQuantile(tail: number, degrees: number): number {
  const above = (t: number) => Math.log(Math.max(Number.MIN_VALUE, tTail(t, degrees)) / tail);
  let [low, high] = [0, 1];
  let [atLow, atHigh] = [above(low), above(high)];
  if (atLow <= 0) return 0;
  while (atHigh > 0) [low, atLow, high, atHigh] = [high, atHigh, 2 * high, above(2 * high)];
  for (let step = 0; step < 100 && atHigh < 0 && high - low > 1e-12 * high; step += 1) {
    const middle = (low + high) / 2;
    const atMiddle = above(middle);
    const t = middle + ((middle - low) * atMiddle) / Math.sqrt(atMiddle * atMiddle - atLow * atHigh);
    const atT = above(t);
    for (const [point, value] of [
      [middle, atMiddle],
      [t, atT],
    ] as const) {
      if (value > 0 && point > low) [low, atLow] = [point, value];
      if (value <= 0 && point < high) [high, atHigh] = [point, value];
    }
    if (Math.abs(atT) < 1e-14) return t;
  }
  return atHigh === 0 ? high : (low + high) / 2;
}
