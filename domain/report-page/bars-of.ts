import type { Distribution } from '../drift/distribution.ts';

export interface Bar {
  /** What it holds: a category, or a range of numbers. */
  readonly name: string;
  readonly baseline: number;
  readonly window: number;
}

/** The bars of a distribution by name; an open or a last one that neither sample has rows in is none. */
export function barsOf(distribution: Distribution): Bar[] {
  const { baseline, window } = distribution;
  return namesOf(distribution)
    .map((name, bar) => ({ name, baseline: baseline[bar] as number, window: window[bar] as number }))
    .filter((bar, index, { length }) => bar.baseline + bar.window > 0 || (index > 0 && index < length - 1));
}

/** The bar whose share changed most; undefined when none did. */
export function mostChanged(bars: readonly Bar[]): Bar | undefined {
  const change = ({ baseline, window }: Bar) => Math.abs(window - baseline);
  const most = bars.reduce<Bar | undefined>((best, bar) => (best === undefined || change(bar) > change(best) ? bar : best), undefined);
  return most === undefined || change(most) === 0 ? undefined : most;
}

function namesOf(distribution: Distribution): string[] {
  if (distribution.kind === 'categorical') return [...distribution.categories, 'all others'];
  const edges = sayEdges(distribution.edges);
  const [first, last] = [edges[0], edges.at(-1)];
  if (first === undefined || last === undefined) return ['all'];
  return [`under ${first}`, ...edges.slice(1).map((edge, index) => `${edges[index]} to ${edge}`), `${last} and more`];
}

/** As few digits as tell all of them apart, three to twelve. */
export function sayEdges(edges: readonly number[]): string[] {
  for (let digits = 3; ; digits++) {
    const said = edges.map((edge) => String(Number(edge.toPrecision(digits))));
    if (digits === 12 || new Set(said).size === said.length) return said;
  }
}
