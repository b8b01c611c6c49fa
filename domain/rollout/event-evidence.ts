/**
 * Chance that an event is the candidate's, when the candidate's units have it `relativeRisk` times as often and are `share` of all
 * units, 0…1. At risk 1 it is the share itself, whatever the rate of events and however it moves with time.
 */
export function candidateProbability(share: number, relativeRisk: number): number {
  return (share * relativeRisk) / (share * relativeRisk + 1 - share);
}

/**
 * The logarithms of likelihood ratios, one per alternative risk against `nullRisk`, after one more event.
 *
 * With a null of one risk, or of all risks from `nullRisk` up against alternatives below it, their mean is an e-process: the chance
 * that it ever reaches 1/alpha is at most alpha, however often it is looked at and while the share moves. An event that could only
 * have been one arm's (share 0 or 1) tells nothing.
 *
 * Cost O(alternatives). Source: Ville's inequality; Ramdas et al., "Game-theoretic statistics and safe anytime-valid inference", 2023.
 */
export function weighEvent(
  logarithms: readonly number[],
  alternatives: readonly number[],
  nullRisk: number,
  share: number,
  isCandidate: boolean,
): readonly number[] {
  if (share <= 0 || share >= 1) return logarithms;
  const expected = candidateProbability(share, nullRisk);
  return alternatives.map((risk, index) => {
    const claimed = candidateProbability(share, risk);
    const ratio = isCandidate ? claimed / expected : (1 - claimed) / (1 - expected);
    return (logarithms[index] as number) + Math.log(ratio);
  });
}

/** Natural logarithm of the mean of the exponentials: the e-value of a grid of alternatives, safe from overflow. */
export function logMean(logarithms: readonly number[]): number {
  const highest = Math.max(...logarithms);
  const sum = logarithms.reduce((total, logarithm) => total + Math.exp(logarithm - highest), 0);
  return highest + Math.log(sum / logarithms.length);
}
