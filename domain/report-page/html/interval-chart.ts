import type { CheckVerdict } from '../../check/check-report.ts';
import { type Html, html } from './html.ts';

export interface IntervalChart {
  /** Unique on the page. */
  readonly id: string;
  readonly title: string;
  readonly says: string;
  readonly verdict: CheckVerdict;
  readonly value: number;
  readonly interval?: readonly [number, number];
  readonly threshold: number;
  /** Where it comes from; the alarm lies on the threshold's other side. Without one, above. */
  readonly reference?: number;
  /** What is shown, in the unit of the value; what lies beyond is drawn at the edge, with an arrow. */
  readonly from: number;
  readonly to: number;
}

const width = 400;
const height = 30;
const margin = 10;
const middle = height / 2;

/** A value with its interval against the threshold: the alarm's side is shaded, the threshold is a dashed line. */
export function intervalChart({ id, title, says, verdict, value, interval, threshold, reference, from, to }: IntervalChart): Html {
  const place = (at: number) => round(margin + (width - 2 * margin) * Math.min(1, Math.max(0, (at - from) / (to - from))));
  const isBelow = reference !== undefined && reference > threshold;
  const edge = place(threshold);
  const [low, high] = interval ?? [value, value];
  return html`<svg class="chart ${verdict}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${id}-t ${id}-d"><title id="${id}-t">${title}</title><desc id="${id}-d">${says}</desc>
<rect class="beyond" x="${isBelow ? 0 : edge}" y="2" width="${round(isBelow ? edge : width - edge)}" height="${height - 4}"/>
<path class="axis" d="M0 ${middle}H${width}"/><path class="threshold" d="M${edge} 2V${height - 2}"/>
${reference !== undefined && html`<path class="reference" d="M${place(reference)} 8v14"/>`}
${interval && html`<path class="interval" d="M${place(low)} ${middle}H${place(high)}${capAt(low, from, to, place)}${capAt(high, from, to, place)}"/>`}
${value > to ? arrow(1) : value < from ? arrow(-1) : mark(verdict, place(value))}</svg>`;
}

function capAt(end: number, from: number, to: number, place: (at: number) => number): string {
  return end < from || end > to ? '' : `M${place(end)} ${middle - 5}v10`;
}

/** Each verdict has a shape of its own. */
function mark(verdict: CheckVerdict, x: number): Html {
  switch (verdict) {
    case 'alarm':
      return html`<path class="mark" d="M${x} 8l6.5 12h-13z"/>`;
    case 'steady':
      return html`<circle class="mark" cx="${x}" cy="${middle}" r="5"/>`;
    case 'inconclusive':
      return html`<path class="mark" d="M${x} 8.5l6.5 6.5-6.5 6.5-6.5-6.5z"/>`;
  }
}

function arrow(side: 1 | -1): Html {
  const tip = side === 1 ? width - 1 : 1;
  return html`<path class="mark" d="M${tip} ${middle}l${-11 * side} -7v14z"/>`;
}

function round(x: number): number {
  return Math.round(x * 10) / 10;
}
