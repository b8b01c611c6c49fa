import { type Counts, total } from './counts.ts';

/**
 * Kolmogorov–Smirnov distance of two samples counted on the same cells: the largest gap between
 * their cumulative shares, seen at the cells' edges.
 *
 * The distance of the raw values lies in [distance, distance + errorBound]: inside a cell the gap
 * is largest when all rows of one sample come before all rows of the other.
 *
 * @param baseline counts per cell of one grid
 * @param window   counts per cell of the same grid
 * @returns shares in 0…1, or undefined when a sample is empty: there is nothing to compare
 * @throws RangeError when the samples have different numbers of cells
 *
 * Cost O(cells). Source: Smirnov, "On the estimation of the discrepancy…", 1939.
 */
export function kolmogorovSmirnov(
  baseline: Counts,
  window: Counts,
): { readonly distance: number; readonly errorBound: number } | undefined {
  if (baseline.length !== window.length) throw new RangeError(`cells differ: ${baseline.length} and ${window.length}`);
  const [n, m] = [total(baseline), total(window)];
  if (n === 0 || m === 0) return undefined;

  let gap = 0;
  let distance = 0;
  let furthest = 0;
  for (let cell = 0; cell < baseline.length; cell += 1) {
    const share = (baseline[cell] as number) / n;
    const other = (window[cell] as number) / m;
    furthest = Math.max(furthest, gap + share, other - gap);
    gap += share - other;
    distance = Math.max(distance, Math.abs(gap));
  }
  return { distance: Math.min(1, distance), errorBound: Math.max(0, Math.min(1, furthest) - distance) };
}
