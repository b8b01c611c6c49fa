const sigmasKept = 128;
const unitsPerSigma = 2 ** 14;

/** Largest magnitude that enters a sum: 128 sigma, so that 2,048 squares still add up exactly in a double. */
export const largestFixedPoint = sigmasKept * unitsPerSigma;

/** A distance in whole units, to the nearest, halves up; no further from zero than 128 sigma. */
export function fixedPoint(distance: number, unit: number): number {
  const nearest = nearestWhole(distance / unit);
  if (nearest > largestFixedPoint) return largestFixedPoint;
  return nearest < -largestFixedPoint ? -largestFixedPoint : nearest;
}

/**
 * The nearest whole number, halves up. It is asked for every number that is counted: `Math.round` takes three times as long.
 *
 * What lies just under a half may become the next whole when a half is added, and is taken back.
 */
export function nearestWhole(units: number): number {
  const above = Math.floor(units + 0.5);
  return above - units > 0.5 ? above - 1 : above;
}
