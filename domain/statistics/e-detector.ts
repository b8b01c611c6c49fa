import { type ChangeDetector, finite } from './change-detector.ts';

export interface EDetectorState {
  /** Every value so far, those of the baseline first. */
  readonly past: readonly number[];
  /** What each bet has made of the values since the start or the last change told; it still stands at the value that told one. */
  readonly evidence: readonly number[];
}

/**
 * Each bets that a value is among the highest so far: under its alternative the share of the past at or above a changed value is u
 * with probability u^bet. The smaller, the larger the rise it is made for: 1/2 is about one standard deviation, 1/4 about two.
 */
const bets: readonly number[] = [1 / 4, 1 / 2];

/**
 * Anytime-valid detector of a rise in a series, such as one mean loss a day: looked at after every value, with no need to know how
 * values are distributed, their mean or their spread.
 *
 * The rank r of a new value among all n so far, from the highest, is 1…n with equal chance and independent of the ranks before it, as
 * long as values are exchangeable. A bet pays e = n ((r/n)^bet - ((r-1)/n)^bet), which is 1 on average. Evidence is M = e (1 + M), from
 * 0 (Shiryaev–Roberts), averaged over the bets; a change is told at M ≥ runLength, after which M begins again at 0. Ties count as higher,
 * which can only lower e.
 *
 * **Guarantee.** If baseline and series are exchangeable (nothing changed, however much days differ and whatever their distribution),
 * M less the number of values is a supermartingale, so in any T values
 * - the expected number of changes told is at most T / runLength, and so is the chance of any;
 * - the average run length to the first is at least runLength.
 *
 * It does not hold for values that remember the ones before them: with a correlation of .5 from one to the next the chance was two to
 * four times the bound, with .3 up to twice (90 values, run lengths 360 to 1080). Weekdays of their own did not raise it.
 *
 * @param baseline  steady values, in any order; the more, the sooner a change is seen
 * @param runLength values between two false alarms, on average: 1 / level for a level of each value
 *
 * Cost O(n) time and memory a value. Source: Shin, Ramdas & Rinaldo, "E-detectors: a nonparametric framework for sequential change
 * detection", 2022; ranks as in Vovk, Nouretdinov & Gammerman, "Testing exchangeability on-line", 2003.
 */
export function eDetector(baseline: readonly number[], runLength: number): ChangeDetector<EDetectorState> {
  return {
    start: { past: baseline.map(finite), evidence: noEvidence },
    observe(before, value) {
      const past = [...before.past, finite(value)];
      const evidence = evidenceAfter(before, value, past, runLength);
      return { state: { past, evidence }, changed: evidenceOf({ evidence }) >= runLength };
    },
  };
}

export const noEvidence: readonly number[] = bets.map(() => 0);

/** What each bet has made of one more value. @param among all values it is ranked among, itself the last of them */
export function evidenceAfter(
  before: Pick<EDetectorState, 'evidence'>,
  value: number,
  among: readonly number[],
  runLength: number,
): readonly number[] {
  const rank = among.filter((other) => other >= value).length;
  const held = evidenceOf(before) >= runLength ? noEvidence : before.evidence;
  return held.map((one, index) => payout(bets[index] as number, rank, among.length) * (1 + one));
}

/** M: how much speaks for a change by now, against the run length. */
export function evidenceOf({ evidence }: Pick<EDetectorState, 'evidence'>): number {
  return evidence.reduce((sum, one) => sum + one, 0) / evidence.length;
}

function payout(bet: number, rank: number, values: number): number {
  return values * ((rank / values) ** bet - ((rank - 1) / values) ** bet);
}
