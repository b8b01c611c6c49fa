/**
 * Benjamini–Hochberg adjusted p-values, in the order given: rejecting those at or under a level keeps the false-discovery rate there.
 * When nothing moved at all, the chance of any rejection is at most the level.
 *
 * Every test that was made belongs into the family, also those nobody will look at. Ties share their adjusted value.
 *
 * @param pValues 0…1
 *
 * Cost O(n log n). Source: Benjamini & Hochberg, "Controlling the false discovery rate", 1995.
 */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  const falling = pValues.map((_, index) => index).sort((a, b) => (pValues[b] as number) - (pValues[a] as number));
  const adjusted = new Array<number>(pValues.length);
  let least = 1;
  for (const [position, index] of falling.entries()) {
    const rank = pValues.length - position;
    least = Math.min(least, (pValues[index] as number) * (pValues.length / rank));
    adjusted[index] = least;
  }
  return adjusted;
}
