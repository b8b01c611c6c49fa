import type { NumericSample } from './column-sample.ts';
import type { NumericColumn } from './grid.ts';

/** With the finer cells of the two tails 2,048 at most, for samples of up to a hundred million values. */
const cellsOfEqualMass = 1800;
const coarseCells = 32;
const unitsPerSigma = 2 ** 14;

/**
 * Cells of equal mass over a sample: inner edges at its smallest value, at the quantiles between, and at its largest value, each
 * once. So a value below all that was seen has a cell of its own, and what lies in the two open cells is measured exactly by
 * their excess. Towards both ends cells hold ever fewer values, a tenth of those beyond: in a heavy tail one cell of equal mass
 * would be as wide as all others together. A column of few distinct values gets one cell for each; a constant has one alone, so that
 * larger values are told from it as smaller ones are.
 *
 * Centre and sigma are mean and standard deviation (ddof 0). An empty sample gives one edge, at 0.
 *
 * Cost O(values × log values).
 */
export function cutNumeric(sample: NumericSample): NumericColumn {
  const sorted = new Float64Array(sample.values).sort();
  const edges = edgesOf(sorted);
  const { centre, sigma } = momentsOf(sorted);
  return {
    name: sample.name,
    role: sample.role,
    kind: 'numeric',
    ...(sample.of && { of: sample.of }),
    edges,
    coarse: coarseOf(sorted, edges),
    centre,
    sigma,
    unit: sigma / unitsPerSigma || 1 / unitsPerSigma,
  };
}

function edgesOf(sorted: Float64Array): number[] {
  const [first] = sorted;
  if (first === undefined) return [0];
  if (first === sorted.at(-1)) return [first + 0, above(first)];
  const edges: number[] = [];
  for (const rank of ranksOfEdges(sorted.length - 1)) {
    const value = (sorted[rank] as number) + 0;
    if (value !== edges.at(-1)) edges.push(value);
  }
  return edges;
}

/** The next larger number: a cell that ends there holds one value alone. */
function above(value: number): number {
  if (value === 0) return Number.MIN_VALUE;
  const [bits] = new BigInt64Array(new Float64Array([value]).buffer);
  return new Float64Array(new BigInt64Array([(bits as bigint) + (value > 0 ? 1n : -1n)]).buffer)[0] as number;
}

/** Ranks of the values at which edges lie: all at the very ends, then a tenth of the distance to the nearer end apart, then evenly. */
function ranksOfEdges(last: number): number[] {
  const widest = Math.max(1, last / cellsOfEqualMass);
  const lower: number[] = [];
  for (let rank = 0; rank <= last / 2; rank += Math.min(widest, Math.max(1, rank / 10))) lower.push(Math.floor(rank));
  return [...lower, ...lower.map((rank) => last - rank).reverse()];
}

/** Mean and spread about it, in two passes. A spread that is only rounding counts as none. */
function momentsOf(sorted: Float64Array): { centre: number; sigma: number } {
  const first = sorted[0];
  if (first === undefined) return { centre: 0, sigma: 0 };
  if (first === sorted.at(-1)) return { centre: first, sigma: 0 };
  let centre = 0;
  for (let row = 0; row < sorted.length; row++) centre += (sorted[row] as number) / sorted.length;
  let variance = 0;
  for (let row = 0; row < sorted.length; row++) variance += ((sorted[row] as number) - centre) ** 2 / sorted.length;
  const usable = Number.isFinite(centre) && Number.isFinite(variance);
  return usable ? { centre, sigma: Math.sqrt(variance) } : { centre: sorted[sorted.length >> 1] as number, sigma: 0 };
}

/** Begins a new coarse cell where the fine ones so far hold their next 32nd of the sample. */
function coarseOf(sorted: Float64Array, edges: readonly number[]): number[] {
  if (edges.length === 2 && sorted[0] === sorted.at(-1)) return [0, 1, 2];
  const begins = [0];
  let below = 0;
  for (const [edge, value] of edges.entries()) {
    while (below < sorted.length && (sorted[below] as number) < value) below++;
    if (below >= (begins.length * sorted.length) / coarseCells && below > 0) begins.push(edge + 1);
    if (begins.length === coarseCells) break;
  }
  return begins;
}
