import { type Counts, total } from './counts.ts';
import { chiSquareTail } from './tails.ts';

export interface MannWhitney {
  /** Pairs of a window row and a baseline row in which the window's is larger, ties counted half. */
  readonly u: number;
  /** P(baseline < window) + P(tie) / 2: 0.5 when neither tends to be larger, above it when the window does. */
  readonly effect: number;
  /** u, centred and in standard deviations, drawn half a pair towards 0; 0 when all rows are tied. */
  readonly z: number;
  readonly pValue: number;
}

/**
 * Mann–Whitney U (Wilcoxon rank sum) of two samples counted on the same ascending cells, two-sided by the normal approximation with
 * tie and continuity correction.
 *
 * Rows of one cell are ties and share their mid-rank. The effect of the raw values differs by at most half the sum of p q over the
 * cells. The test takes rows as independent: over days that differ it alarms far too often.
 *
 * @returns undefined when a sample is empty
 * @throws RangeError when the samples have different numbers of cells
 *
 * Cost O(cells). Source: Mann & Whitney 1947; Lehmann, "Nonparametrics", 1975, section 1.4 for ties.
 */
export function mannWhitney(baseline: Counts, window: Counts): MannWhitney | undefined {
  if (baseline.length !== window.length) throw new RangeError(`cells differ: ${baseline.length} and ${window.length}`);
  const [n, m] = [total(baseline), total(window)];
  if (n === 0 || m === 0) return undefined;

  let below = 0;
  let u = 0;
  let tied = 0;
  for (let cell = 0; cell < baseline.length; cell += 1) {
    const count = baseline[cell] as number;
    const other = window[cell] as number;
    const share = (count + other) / (n + m);
    u += other * (below + count / 2);
    below += count;
    tied += share * share * share;
  }
  const expected = (n * m) / 2;
  const spread = Math.sqrt(((n * m) / 12) * (n + m + 1) * untied(tied, n + m));
  const beyond = Math.max(0, Math.abs(u - expected) - 0.5);
  const z = spread === 0 ? 0 : (Math.sign(u - expected) * beyond) / spread;
  return { u, effect: u / n / m, z, pValue: chiSquareTail(z * z, 1) };
}

/** 1 - sum (t^3 - t) / (N^3 - N), from the sum of cubed shares. */
function untied(cubes: number, rows: number): number {
  return rows < 2 ? 0 : Math.max(0, (1 - cubes) / (1 - 1 / (rows * rows)));
}
