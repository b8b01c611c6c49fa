import type { Distribution } from '../../drift/distribution.ts';
import { sayShare } from '../../report/say-number.ts';
import { type Bar, barsOf, mostChanged } from '../bars-of.ts';
import { type Html, html } from './html.ts';

const width = 220;
const height = 56;
const base = height - 1;

/**
 * A small picture of a column, the same size for all: numbers as a filled outline (baseline) under a line (data), categories as pairs of
 * bars. Each bar is one step wide and as high as its share; the highest of either fills the picture.
 */
export function distributionChart(id: string, column: string, distribution: Distribution): Html {
  const bars = barsOf(distribution);
  const step = width / bars.length;
  const highest = Math.max(...bars.flatMap(({ baseline, window }) => [baseline, window]));
  const top = (share: number) => round(base - (share / highest) * (height - 3));
  return html`<svg class="spread" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${id}-t ${id}-d"><title id="${id}-t">How ${column} is spread in baseline and data</title><desc id="${id}-d">${sayChange(bars)}</desc>
<path class="axis" d="M0 ${base}H${width}"/>${distribution.kind === 'numeric' ? outlines(bars, step, top) : pairs(bars, step, top)}</svg>`;
}

/** The largest change of any bar, in words. */
export function sayChange(bars: readonly Bar[]): string {
  const most = mostChanged(bars);
  if (most === undefined) return 'No share changed.';
  return `Largest change: ${most.name}, ${sayShare(most.baseline)} before, ${sayShare(most.window)} now.`;
}

function outlines(bars: readonly Bar[], step: number, top: (share: number) => number): Html {
  const steps = (shareOf: (bar: Bar) => number) => bars.map((bar, at) => `V${top(shareOf(bar))}H${round((at + 1) * step)}`).join('');
  return html`<path class="before" d="M0 ${base}${steps(({ baseline }) => baseline)}V${base}z"/><path class="now" d="M0 ${base}${steps(({ window }) => window)}V${base}"/>`;
}

function pairs(bars: readonly Bar[], step: number, top: (share: number) => number): Html {
  const thick = round(step * 0.4);
  const bar = (x: number, share: number) => `M${round(x)} ${base}V${top(share)}h${thick}V${base}z`;
  const before = bars.map(({ baseline }, at) => bar(at * step + step * 0.08, baseline)).join('');
  const now = bars.map(({ window }, at) => bar(at * step + step * 0.52, window)).join('');
  return html`<path class="before" d="${before}"/><path class="now filled" d="${now}"/>`;
}

function round(x: number): number {
  return Math.round(x * 10) / 10;
}
