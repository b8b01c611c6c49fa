import { verdictInWords } from '../../check/verdict-in-words.ts';
import { sayNumber } from '../../report/say-number.ts';
import type { Measured } from '../page.ts';
import { type Html, html } from './html.ts';
import { intervalChart } from './interval-chart.ts';
import { statisticsDetails } from './statistics-details.ts';

/** One rule of performance: its verdict, the value between where it came from and where the alarm begins, all else folded away. */
export function performanceCard(id: string, measured: Measured): Html {
  const { metric, rule, verdict, says } = measured;
  const { mark, word } = verdictInWords[verdict];
  return html`<li class="card" id="${id}"><div class="what"><h3>${metric}</h3><p class="fine">${rule}</p></div>
<div class="how"><p><strong class="${verdict}"><span aria-hidden="true">${mark}</span> ${word}</strong> ${says}</p>${chartOf(id, measured)}</div>
${statisticsDetails(`${metric}, ${rule}`, measured)}</li>`;
}

function chartOf(id: string, { metric, rule, verdict, value, reference, threshold, interval }: Measured): Html | undefined {
  if (value === undefined || threshold === undefined) return undefined;
  const shown = [value, threshold, ...(reference === undefined ? [] : [reference]), ...(interval ?? [])];
  const [least, most] = [Math.min(...shown), Math.max(...shown)];
  const air = (most - least) / 10 || 1;
  const came = reference === undefined ? '' : ` from ${sayNumber(reference)}`;
  const between = interval === undefined ? '' : `, 95% interval ${sayNumber(interval[0])} to ${sayNumber(interval[1])}`;
  return intervalChart({
    id: `${id}-e`,
    title: `${metric}, ${rule}`,
    says: `${sayNumber(value)}${came}${between}; the alarm begins at ${sayNumber(threshold)}.`,
    verdict,
    value,
    threshold,
    ...(interval && { interval }),
    ...(reference !== undefined && { reference }),
    from: least - air,
    to: most + air,
  });
}
