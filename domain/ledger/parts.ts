/** Shares, probabilities and their losses are summed in whole parts of 2^-20, about a millionth. */
export const part = 2 ** -20;

/** To the nearest whole part, halves up; no more than 2^41 parts, so that 2,048 of them still add up exactly in a double. */
export function inParts(value: number): number {
  return Math.min(2 ** 41, Math.round(value / part)) + 0;
}
