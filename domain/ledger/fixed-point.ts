const sigmasKept = 128;
const unitsPerSigma = 2 ** 14;

/** Largest magnitude that enters a sum: 128 sigma, so that 2,048 squares still add up exactly in a double. */
export const largestFixedPoint = sigmasKept * unitsPerSigma;

/** A distance in whole units, to the nearest, halves up; no further from zero than 128 sigma. */
export function fixedPoint(distance: number, unit: number): number {
  const units = Math.round(distance / unit) + 0;
  if (units > largestFixedPoint) return largestFixedPoint;
  return Math.max(units, -largestFixedPoint);
}
