/** Rows of a quantity summed: error is prediction minus outcome, in the outcome's own unit. */
export interface ErrorSums {
  readonly rows: number;
  readonly absoluteError: number;
  readonly squaredError: number;
  readonly signedError: number;
  /** Sum of (outcome - mean outcome)^2. */
  readonly outcomeSpread: number;
}

/** Mean absolute error, in the outcome's unit; undefined without rows. */
export function meanAbsoluteError({ rows, absoluteError }: ErrorSums): number | undefined {
  return rows > 0 ? absoluteError / rows : undefined;
}

/** Root of the mean squared error, in the outcome's unit; undefined without rows. */
export function rootMeanSquareError({ rows, squaredError }: ErrorSums): number | undefined {
  return rows > 0 ? Math.sqrt(squaredError / rows) : undefined;
}

/** Mean of prediction minus outcome: above 0 the model says too much. Undefined without rows. */
export function bias({ rows, signedError }: ErrorSums): number | undefined {
  return rows > 0 ? signedError / rows : undefined;
}

/**
 * Coefficient of determination: 1 - squared error / spread of the outcomes. 1 is perfect, 0 is no better than always the mean, and it
 * has no lower bound. Undefined where the outcomes do not differ: then there is nothing to explain.
 */
export function rSquared({ squaredError, outcomeSpread }: ErrorSums): number | undefined {
  return outcomeSpread > 0 ? 1 - squaredError / outcomeSpread : undefined;
}
