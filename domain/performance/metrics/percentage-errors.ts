/** |error| / |outcome| of one row, 0.1 for ten percent; undefined where the outcome is 0, which no error is a share of. */
export function absolutePercentageError(prediction: number, outcome: number): number | undefined {
  return outcome === 0 ? undefined : Math.abs((prediction - outcome) / outcome);
}

/**
 * 2 |error| / (|prediction| + |outcome|) of one row, 0…2; 0 where both are 0.
 *
 * Both are divided by the larger first, so that no sum of them overflows.
 *
 * The form with the halved sum below the line, as in the M3 and M4 competitions; others leave out the 2.
 * Source: Makridakis & Hibon, "The M3-competition", 2000.
 */
export function symmetricPercentageError(prediction: number, outcome: number): number {
  const larger = Math.max(Math.abs(prediction), Math.abs(outcome));
  if (larger === 0) return 0;
  const [said, was] = [prediction / larger, outcome / larger];
  return (2 * Math.abs(said - was)) / (Math.abs(said) + Math.abs(was));
}
