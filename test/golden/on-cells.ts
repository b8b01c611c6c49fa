/** Raw values put on cells so fine that statistics of the cells are those of the values: each distinct value has a sliver of its own. */
export function onCells(samples: readonly (readonly number[])[], weights: readonly (readonly number[] | null)[] = []) {
  const values = [...new Set(samples.flat())].sort((a, b) => a - b);
  const sliver = 1e-11 * Math.max(1, ...values.map(Math.abs));
  const edges = values.flatMap((value) => [value, value + sliver]);
  const cells = samples.map((sample, index) => {
    const counts = new Array<number>(edges.length + 1).fill(0);
    for (const [row, value] of sample.entries()) {
      const cell = 2 * values.indexOf(value) + 1;
      counts[cell] = (counts[cell] as number) + (weights[index]?.[row] ?? 1);
    }
    return { cells: counts, lowExcess: 0, highExcess: 0 };
  });
  return { edges, cells };
}
