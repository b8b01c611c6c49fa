import { verdictInWords } from '../../check/verdict-in-words.ts';
import { sayP, sayShare } from '../../report/say-number.ts';
import type { Flawed, Page } from '../page.ts';
import { type Html, html } from './html.ts';

/** What is wrong with the data, not with the world: what alarms or could not be judged, and the rest folded away. */
export function qualityPart({ flaws, remarks }: Page): Html {
  const ofNote = flaws.filter(({ verdict }) => verdict !== 'steady');
  const rest = flaws.filter(({ verdict }) => verdict === 'steady');
  return html`${ofNote.length > 0 ? flawTable('Flaws of note', ofNote) : html`<p>No column has more flawed rows than it had.</p>`}
${remarks.length > 0 && html`<ul class="plain">${remarks.map((remark) => html`<li><bdi>${remark}</bdi></li>`)}</ul>`}
${rest.length > 0 && html`<details class="more"><summary>${rest.length} more ${rest.length === 1 ? 'flaw' : 'flaws'}, no more frequent than is usual</summary>${flawTable('Other flaws', rest)}</details>`}`;
}

function flawTable(label: string, flaws: readonly Flawed[]): Html {
  return html`<div class="scroll" role="region" aria-label="${label}, a table" tabindex="0"><table><thead><tr><th scope="col">Column</th><th scope="col">Rows that are</th><th scope="col" class="n">Data</th><th scope="col" class="n">Baseline</th><th scope="col" class="n">Alarm at</th><th scope="col" class="n">p, adjusted</th><th scope="col">Verdict</th></tr></thead><tbody>${flaws.map(flawRow)}</tbody></table></div>`;
}

function flawRow({ column, flaw, verdict, share, shareInBaseline, threshold, adjustedPValue }: Flawed): Html {
  const { mark, word } = verdictInWords[verdict];
  return html`<tr><th scope="row"><bdi>${column}</bdi></th><td>${flaw}</td><td class="n">${sayShare(share)}</td><td class="n">${sayShare(shareInBaseline)}</td><td class="n">+${sayShare(threshold)}</td><td class="n">${adjustedPValue === undefined ? '–' : sayP(adjustedPValue)}</td><td class="${verdict}"><span aria-hidden="true">${mark}</span> ${word}</td></tr>`;
}
