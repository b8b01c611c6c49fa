/** Whole numbers whose running sums are those of the given ones, rounded. */
export function roundedAlong(amounts: readonly number[]): number[] {
  let exact = 0;
  let given = 0;
  return amounts.map((amount) => {
    exact += amount;
    const whole = Math.round(exact) - given;
    given += whole;
    return whole;
  });
}
