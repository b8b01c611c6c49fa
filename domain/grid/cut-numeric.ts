import type { NumericSample } from './column-sample.ts';
import type { NumericColumn } from './grid.ts';

const fineCells = 2048;
const coarseCells = 32;
const unitsPerSigma = 2 ** 14;

/**
 * Cells of equal mass over a sample: inner edges at its smallest value, at the quantiles between, and at its largest value, each
 * once. So a value below all that was seen has a cell of its own, and what lies in the two open cells is measured exactly by
 * their excess. A column of few distinct values gets one cell for each.
 *
 * Centre and sigma are mean and standard deviation (ddof 0). An empty sample gives one edge, at 0.
 *
 * Cost O(values × log values).
 */
export function cutNumeric(sample: NumericSample): NumericColumn {
  const sorted = Float64Array.from(sample.values).sort();
  const edges = edgesOf(sorted);
  const { centre, sigma } = momentsOf(sorted);
  return {
    name: sample.name,
    role: sample.role,
    kind: 'numeric',
    edges,
    coarse: coarseOf(sorted, edges),
    centre,
    sigma,
    unit: sigma / unitsPerSigma || 1 / unitsPerSigma,
  };
}

function edgesOf(sorted: Float64Array): number[] {
  if (sorted.length === 0) return [0];
  const steps = Math.min(fineCells - 2, sorted.length - 1);
  const edges: number[] = [];
  for (let step = 0; step <= steps; step++) {
    const value = (sorted[steps === 0 ? 0 : Math.round((step * (sorted.length - 1)) / steps)] as number) + 0;
    if (value !== edges.at(-1)) edges.push(value);
  }
  return edges;
}

/** Mean and spread about it, in two passes. A spread that is only rounding counts as none. */
function momentsOf(sorted: Float64Array): { centre: number; sigma: number } {
  const first = sorted[0];
  if (first === undefined) return { centre: 0, sigma: 0 };
  if (first === sorted.at(-1)) return { centre: first, sigma: 0 };
  const centre = sorted.reduce((sum, value) => sum + value / sorted.length, 0);
  const variance = sorted.reduce((sum, value) => sum + (value - centre) ** 2 / sorted.length, 0);
  const usable = Number.isFinite(centre) && Number.isFinite(variance);
  return usable ? { centre, sigma: Math.sqrt(variance) } : { centre: sorted[sorted.length >> 1] as number, sigma: 0 };
}

/** Begins a new coarse cell where the fine ones so far hold their next 32nd of the sample. */
function coarseOf(sorted: Float64Array, edges: readonly number[]): number[] {
  const begins = [0];
  let below = 0;
  for (const [edge, value] of edges.entries()) {
    while (below < sorted.length && (sorted[below] as number) < value) below++;
    if (below >= (begins.length * sorted.length) / coarseCells && below > 0) begins.push(edge + 1);
    if (begins.length === coarseCells) break;
  }
  return begins;
}
