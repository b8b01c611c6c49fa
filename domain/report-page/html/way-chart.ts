import { sayNumber } from '../../report/say-number.ts';
import type { Moved } from '../page.ts';
import { type Html, html } from './html.ts';

const width = 120;
const height = 28;
const margin = 4;

/** The effects of earlier windows up to this one, under the threshold as a dashed line: the way a column came. */
export function wayChart(id: string, { column, history, effect }: Moved): Html | undefined {
  if (history === undefined || effect === undefined) return undefined;
  const most = Math.max(...history, effect.threshold) || 1;
  const x = (at: number) => round(margin + ((width - 2 * margin) * at) / (history.length - 1));
  const y = (value: number) => round(height - margin - ((height - 2 * margin) * value) / most);
  const line = history.map((value, at) => `${at === 0 ? 'M' : 'L'}${x(at)} ${y(value)}`).join('');
  return html`<svg class="way" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${id}-t ${id}-d"><title id="${id}-t">Effect on ${column} in the last ${history.length} windows</title><desc id="${id}-d">${history.map(sayNumber).join(', ')} ${effect.unit}.</desc>
<path class="alarm-at" d="M0 ${y(effect.threshold)}H${width}"/><path class="now" d="${line}"/><circle class="end" cx="${x(history.length - 1)}" cy="${y(history.at(-1) as number)}" r="3"/></svg>`;
}

function round(x: number): number {
  return Math.round(x * 10) / 10;
}
