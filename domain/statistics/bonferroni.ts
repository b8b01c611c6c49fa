/**
 * One p-value of several tests of the same question, however they hang together: the smallest, times their number, at most 1.
 *
 * @returns undefined where none could be made
 */
export function bonferroni(pValues: readonly (number | undefined)[]): number | undefined {
  const made = pValues.filter((pValue) => pValue !== undefined);
  return made.length === 0 ? undefined : Math.min(1, made.length * Math.min(...made));
}
