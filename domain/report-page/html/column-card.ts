import { sayNumber, sayP, sayShare } from '../../report/say-number.ts';
import { barsOf, mostChanged, sayEdges } from '../bars-of.ts';
import { movementInWords } from '../movement-in-words.ts';
import { type Moved, reach } from '../page.ts';
import { movingAway } from '../way-in-words.ts';
import { distributionChart } from './distribution-chart.ts';
import { type Html, html } from './html.ts';
import { intervalChart } from './interval-chart.ts';
import { statisticsDetails } from './statistics-details.ts';
import { wayChart } from './way-chart.ts';

/**
 * One column: what became of it, its one effect against the threshold, how it is spread, and all else folded away.
 *
 * @param id      unique on the page
 * @param furthest thresholds that the charts show; the same for all columns, so that their lengths compare
 */
export function columnCard(id: string, moved: Moved, furthest: number): Html {
  const { column, traits, verdict, distribution } = moved;
  const { mark, word } = movementInWords(moved);
  return html`<li class="card" id="${id}"><div class="what"><h3><bdi>${column}</bdi></h3><p class="fine">${traits.join(', ')}</p></div>
<div class="how"><p><strong class="${verdict}"><span aria-hidden="true">${mark}</span> ${word}</strong> ${sayEffect(moved)}</p>${effectChart(id, moved, furthest)}${wayPart(id, moved)}</div>
${distribution && html`<figure>${distributionChart(`${id}-s`, column, distribution)}<figcaption>${caption(moved)}</figcaption></figure>`}
${statisticsDetails(column, moved)}</li>`;
}

function sayEffect({ effect, adjustedPValue, reason }: Moved): Html {
  if (effect === undefined) return html`No effect could be measured${reason !== undefined && `: ${reason}`}.`;
  const { value, unit, interval, threshold } = effect;
  return html`<b>${sayNumber(value)} ${unit}</b>${interval && html` <span class="fine">[${sayNumber(interval[0])} to ${sayNumber(interval[1])}]</span>`} <span class="fine">alarm at ${sayNumber(threshold)}${adjustedPValue !== undefined && `, p\u00a0=\u00a0${sayP(adjustedPValue)}`}${reason !== undefined && `; ${reason}`}</span>`;
}

function wayPart(id: string, moved: Moved): Html | undefined {
  const chart = wayChart(`${id}-w`, moved);
  return chart && html`<p class="fine way">${chart}last ${moved.history?.length} windows${wayInWords(moved)}</p>`;
}

function wayInWords(moved: Moved): string {
  const away = movingAway(moved);
  return away === undefined ? '' : `: ${away}`;
}

function effectChart(id: string, moved: Moved, furthest: number): Html | undefined {
  const { column, effect, verdict } = moved;
  if (effect === undefined) return undefined;
  const { value, unit, interval, threshold } = effect;
  const between = interval === undefined ? '' : `, 95% interval ${sayNumber(interval[0])} to ${sayNumber(interval[1])}`;
  return intervalChart({
    id: `${id}-e`,
    title: `Effect on ${column}`,
    says: `${sayNumber(value)} ${unit}${between}; the alarm begins at ${sayNumber(threshold)}, which is ${sayNumber(reach(moved))} times reached.`,
    verdict,
    value,
    threshold,
    ...(interval && { interval }),
    from: 0,
    to: furthest * threshold || 1,
  });
}

function caption({ distribution, statistics }: Moved): Html {
  if (distribution?.kind === 'numeric') {
    const ends = sayEdges(distribution.edges.filter((_, edge, { length }) => edge === 0 || edge === length - 1));
    return html`${ends.join(' … ')}${sayShift(statistics.meanShiftInSigmas)}`;
  }
  const most = distribution && mostChanged(barsOf(distribution));
  return most === undefined ? html`no share changed` : html`<bdi>${most.name}</bdi> ${sayShare(most.baseline)} → ${sayShare(most.window)}`;
}

function sayShift(shift: number | undefined): string {
  if (shift === undefined) return '';
  const size = Math.abs(shift).toFixed(2);
  return `; mean\u00a0${Number(size) === 0 ? '±' : shift < 0 ? '−' : '+'}${size}\u00a0σ`;
}
