import { type Counts, sumCells, total } from './counts.ts';
import { chiSquareTail } from './tails.ts';

/**
 * Two-sample (contingency) chi-square test of counts on the same cells, without continuity correction. Cells empty in both are left out.
 *
 * It takes rows as independent. Rows of one day are alike, so over days that differ it alarms far too often: use the block test there.
 *
 * @returns the statistic, its degrees of freedom and the upper tail; undefined when a sample is empty
 * @throws RangeError when the samples have different numbers of cells
 *
 * Cost O(cells). Source: Pearson 1911, "On the probability that two independent distributions of frequency are really samples from
 * the same population".
 */
export function chiSquare(
  baseline: Counts,
  window: Counts,
): { readonly statistic: number; readonly degrees: number; readonly pValue: number } | undefined {
  const together = sumCells([baseline, window]);
  const [n, m] = [total(baseline), total(window)];
  if (n === 0 || m === 0) return undefined;

  let statistic = 0;
  let degrees = -1;
  for (const [cell, both] of together.entries()) {
    if (both === 0) continue;
    const gap = (baseline[cell] as number) / n - (window[cell] as number) / m;
    statistic += (gap * gap * n * m) / both;
    degrees += 1;
  }
  return { statistic, degrees, pValue: degrees === 0 ? 1 : chiSquareTail(statistic, degrees) };
}
