import { verdictInWords } from '../../check/verdict-in-words.ts';
import { sayNumber, sayP } from '../../report/say-number.ts';
import type { Segment } from '../page.ts';
import { type Html, html } from './html.ts';

const none = '–';

/** Every segment in one table: its metric against its own past and the best of its kind, and what moved in it. */
export function segmentsPart(segments: readonly Segment[]): Html {
  const metric = segments.find(({ performance }) => performance !== undefined)?.performance?.metric;
  const head =
    metric !== undefined &&
    html`<th scope="col" class="n">${metric}</th><th scope="col" class="n">95% interval</th><th scope="col" class="n">Before</th><th scope="col" class="n">Alarm at</th><th scope="col" class="n">p, adjusted</th><th scope="col" class="n">Behind the best</th>`;
  return html`<p class="fine">Each against its own past. ${metric !== undefined && 'A segment with a limit of its own decides; the others explain. '}Segments of fewer than ten rows are not told of.</p>
<div class="scroll" role="region" aria-label="Segments, a table" tabindex="0"><table><thead><tr><th scope="col">Segment</th>${head}<th scope="col">Inputs</th><th scope="col">Verdict</th></tr></thead><tbody>${segments.map((segment) => segmentRow(segment, metric !== undefined))}</tbody></table></div>`;
}

function segmentRow({ name, performance, inputs, verdict }: Segment, isMeasured: boolean): Html {
  const { mark, word } = verdictInWords[verdict];
  return html`<tr><th scope="row"><bdi>${name}</bdi>${performance?.decides && html` <span class="fine">own limit</span>`}</th>${isMeasured && performanceCells(performance)}<td><bdi>${inputs}</bdi></td><td class="${verdict}"><span aria-hidden="true">${mark}</span> ${word}</td></tr>`;
}

function performanceCells(performance: Segment['performance']): Html {
  const { value, interval, reference, threshold, adjustedPValue, behindBest, reason } = performance ?? {};
  if (value === undefined) return html`<td colspan="6">${reason ?? none}</td>`;
  const numbers = [
    sayNumber(value),
    interval === undefined ? none : `${sayNumber(interval[0])} to ${sayNumber(interval[1])}`,
    reference === undefined ? none : sayNumber(reference),
    threshold === undefined ? none : sayNumber(threshold),
    adjustedPValue === undefined ? none : sayP(adjustedPValue),
    behindBest === undefined ? none : sayNumber(behindBest),
  ];
  return html`${numbers.map((number) => html`<td class="n">${number}</td>`)}`;
}
