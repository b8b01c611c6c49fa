/**
 * Finds the cell of a value among ascending edges: cell i holds [edge i-1, edge i).
 *
 * A uniform table over the edges' range points near the right cell, then a step or two along the edges finds it: about one
 * comparison a value, whatever the number of cells. Exact for every finite value.
 *
 * Cost O(edges) once, O(1) a value on edges that follow the data.
 */
export function cellFinder(edges: readonly number[]): (value: number) => number {
  const sorted = Float64Array.from(edges);
  const last = sorted.length - 1;
  const low = sorted[0] ?? 0;
  const high = sorted[last] ?? 0;
  const slots = Math.max(1, 4 * sorted.length);
  const scale = high > low && Number.isFinite(slots / (high - low)) ? slots / (high - low) : 0;
  const slotOf = (value: number) => (scale > 0 ? Math.min(slots - 1, Math.floor((value - low) * scale)) : 0);

  const starts = new Int32Array(slots);
  let edge = 0;
  for (let slot = 0; slot < slots; slot++) {
    while (edge < sorted.length && slotOf(sorted[edge] as number) < slot) edge++;
    starts[slot] = edge;
  }

  return (value) => {
    if (!(value >= low)) return 0;
    if (value >= high) return sorted.length;
    let cell = starts[slotOf(value)] as number;
    while ((sorted[cell] as number) <= value) cell++;
    return cell;
  };
}
