const sigmasKept = 128;
const unitsPerSigma = 2 ** 14;

/** Largest magnitude that enters a sum: 128 sigma, so that 2,048 squares still add up exactly in a double. */
export const largestFixedPoint = sigmasKept * unitsPerSigma;

/**
 * A distance in whole units, to the nearest, halves up; no further from zero than 128 sigma.
 *
 * It is asked for every number that is counted, so it does not branch on the fraction, which no processor can guess; `Math.round` takes
 * three times as long.
 */
export function fixedPoint(distance: number, unit: number): number {
  const units = distance / unit;
  const whole = Math.floor(units);
  const nearest = whole + Number(units - whole >= 0.5);
  if (nearest > largestFixedPoint) return largestFixedPoint;
  return nearest < -largestFixedPoint ? -largestFixedPoint : nearest;
}
