import { tTail } from './tails.ts';

/** The t with P(T > t) = `tail`, for a tail in (0, 0.5]: half the width of an interval in standard errors. By bisection, to 1e-12 relative. */
export function tQuantile(tail: number, degrees: number): number {
  let low = 0;
  let high = 1;
  while (tTail(high, degrees) > tail) high *= 2;
  for (let step = 0; step < 100 && high - low > 1e-12 * high; step += 1) {
    const middle = (low + high) / 2;
    if (tTail(middle, degrees) > tail) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
