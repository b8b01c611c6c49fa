/** Counts on cells of equal width over the reference's range, as many as Doane's rule says, and one for all beyond, as NannyML counts. */
export function binsOfDoane(reference: readonly number[], current: readonly number[]): [number[], number[]] {
  const n = reference.length;
  const mean = reference.reduce((sum, value) => sum + value, 0) / n;
  const moment = (power: number) => reference.reduce((sum, value) => sum + (value - mean) ** power, 0) / n;
  const skewness = Math.abs(moment(3) / moment(2) ** 1.5);
  const skewnessError = Math.sqrt((6 * (n - 2)) / ((n + 1) * (n + 3)));
  const bins = Math.ceil(1 + Math.log2(n) + Math.log2(1 + skewness / skewnessError));

  const [low, high] = [Math.min(...reference), Math.max(...reference)];
  const count = (sample: readonly number[]) => {
    const cells = new Array<number>(bins + 1).fill(0);
    for (const value of sample) {
      const cell = value < low || value > high ? bins : Math.min(bins - 1, Math.floor(((value - low) / (high - low)) * bins));
      cells[cell] = (cells[cell] as number) + 1;
    }
    return cells;
  };
  return [count(reference), count(current)];
}
