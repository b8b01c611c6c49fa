/** The spacing of doubles at 1: probabilities nearer to 0 or 1 count as this far from them. */
const closest = 2 ** -52;

/**
 * Log loss of one row, in nats: -ln of the probability that was given to what happened, 0…36.05. A certainty that proved wrong costs
 * the most, not infinity.
 *
 * @param probability of a positive outcome, 0…1
 *
 * Source: Good, "Rational decisions", 1952.
 */
export function logLoss(probability: number, isPositive: boolean): number {
  const given = isPositive ? probability : 1 - probability;
  return -Math.log(Math.min(1 - closest, Math.max(closest, given)));
}
