import type { ErrorPatterns, ErrorRange } from '../../performance/errors/error-patterns.ts';
import { sayNumber, sayP, sayShare } from '../../report/say-number.ts';
import { type Html, html } from './html.ts';

/** Where errors lie: the sentence, the ranges that became worse, the kinds; the days folded away. */
export function errorsPart({ loss, says, ranges, kinds, days }: ErrorPatterns): Html {
  const say = loss === 'wrongAnswers' ? sayShare : sayNumber;
  return html`<p class="says">${says}</p>
${
  ranges.length > 0 &&
  tableOf(
    'Ranges that became worse',
    ['Column', 'Range', 'Rows', 'Baseline', 'Data', '95% interval of the difference', 'Of what is more', 'p, adjusted'],
    ranges.map((range) => rangeRow(range, say)),
  )
}
${
  kinds.length > 0 &&
  tableOf(
    'Kinds of error that became more',
    ['Kind', 'Baseline', 'Data'],
    kinds.map(
      ({ kind, before, now }) =>
        html`<tr><th scope="row"><bdi>${kind}</bdi></th><td class="n">${say(before)}</td><td class="n">${say(now)}</td></tr>`,
    ),
  )
}
<details class="more"><summary>Day by day</summary>${tableOf(
    'Errors day by day',
    ['Day', 'Rows', loss === 'wrongAnswers' ? 'Wrong answers' : 'Mean error'],
    days.map(
      ({ day, rows, loss: mean }) =>
        html`<tr><th scope="row">${day}</th><td class="n">${sayNumber(rows)}</td><td class="n">${say(mean)}</td></tr>`,
    ),
  )}</details>`;
}

function rangeRow(range: ErrorRange, say: (loss: number) => string): Html {
  const { column, where, shareOfRows, before, now, interval, shareOfExcess, adjustedPValue } = range;
  const between = interval === undefined ? '–' : `${say(interval[0])} to ${say(interval[1])}`;
  return html`<tr><th scope="row"><bdi>${column}</bdi></th><td><bdi>${where}</bdi></td><td class="n">${sayShare(shareOfRows)}</td><td class="n">${say(before)}</td><td class="n">${say(now)}</td><td class="n">${between}</td><td class="n">${shareOfExcess === undefined ? '–' : sayShare(shareOfExcess)}</td><td class="n">${sayP(adjustedPValue)}</td></tr>`;
}

function tableOf(label: string, head: readonly string[], rows: readonly Html[]): Html {
  return html`<div class="scroll" role="region" aria-label="${label}, a table" tabindex="0"><table><thead><tr>${head.map((title) => html`<th scope="col">${title}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div>`;
}
