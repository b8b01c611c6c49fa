import { quantileSorted } from 'simple-statistics';
import { seededRandom } from './seeded-random.ts';

export interface PairedInterval {
  readonly meanA: number;
  readonly meanB: number;
  /** Mean of A minus mean of B. */
  readonly difference: number;
  readonly differenceInterval: readonly [number, number];
  /** Mean of A over mean of B; absent when the mean of B is 0, here or in any resample. */
  readonly ratio?: number;
  readonly ratioInterval?: readonly [number, number];
}

/**
 * Percentile-bootstrap intervals of the difference and the ratio of two mean losses over the same rows: rows are drawn in pairs, so
 * what is hard for both cancels. The same input gives the same interval everywhere.
 *
 * Rows are taken as independent. Where rows of one day are alike, hand in one mean loss a day instead.
 *
 * @param lossesA loss of A on each row, finite; for gates A is the candidate
 * @param lossesB loss of B on the same rows in the same order
 * @param options level 0…1 of the two-sided interval, number of resamples, seed
 * @returns undefined with fewer than two rows
 * @throws RangeError when the numbers of rows differ
 *
 * Cost O(resamples x rows). Source: Efron & Tibshirani, "An Introduction to the Bootstrap", 1993, chapter 13.
 */
export function pairedInterval(
  lossesA: readonly number[],
  lossesB: readonly number[],
  options: { readonly level: number; readonly resamples: number; readonly seed: number },
): PairedInterval | undefined {
  const rows = lossesA.length;
  if (rows !== lossesB.length) throw new RangeError(`rows differ: ${rows} and ${lossesB.length}`);
  if (rows < 2) return undefined;

  const random = seededRandom(options.seed);
  const differences: number[] = [];
  const ratios: number[] = [];
  for (let resample = 0; resample < options.resamples; resample += 1) {
    let [sumA, sumB] = [0, 0];
    for (let draw = 0; draw < rows; draw += 1) {
      const row = Math.floor(random() * rows);
      sumA += lossesA[row] as number;
      sumB += lossesB[row] as number;
    }
    differences.push((sumA - sumB) / rows);
    if (sumB !== 0) ratios.push(sumA / sumB);
  }

  const [meanA, meanB] = [mean(lossesA), mean(lossesB)];
  const compared = { meanA, meanB, difference: meanA - meanB, differenceInterval: middle(differences, options.level) };
  if (meanB === 0 || ratios.length < options.resamples) return compared;
  return { ...compared, ratio: meanA / meanB, ratioInterval: middle(ratios, options.level) };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function middle(values: number[], level: number): readonly [number, number] {
  values.sort((a, b) => a - b);
  const tail = (1 - level) / 2;
  return [quantileSorted(values, tail), quantileSorted(values, 1 - tail)];
}
