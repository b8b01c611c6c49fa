/**
 * Coefficient of determination: 1 - squared error / spread of the outcomes. 1 is perfect, 0 is no better than always the mean, and it
 * has no lower bound. Undefined where the outcomes do not differ: then there is nothing to explain.
 *
 * @param squaredError  sum of (prediction - outcome)^2
 * @param outcomeSpread sum of (outcome - mean outcome)^2, in the same unit
 */
export function rSquared(squaredError: number, outcomeSpread: number): number | undefined {
  return outcomeSpread > 0 ? 1 - squaredError / outcomeSpread : undefined;
}
