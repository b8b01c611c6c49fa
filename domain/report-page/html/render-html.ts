import { verdictInWords } from '../../check/verdict-in-words.ts';
import { columnsOfNote } from '../columns-of-note.ts';
import { movementInWords } from '../movement-in-words.ts';
import { type Moved, type Page, reach } from '../page.ts';
import { columnCard } from './column-card.ts';
import { errorsPart } from './errors-part.ts';
import { Html, html } from './html.ts';
import { performanceCard } from './performance-card.ts';
import { qualityPart } from './quality-part.ts';
import { segmentsPart } from './segments-part.ts';
import { style } from './style.ts';

const furthestShown = 6;
const linkedAtMost = 12;

/**
 * A page as one HTML file that needs nothing else: no script, no network, which its own policy forbids as well. It is read by people who see
 * it, on paper too, and by those who hear it.
 *
 * Cost O(columns × bars); about 6 KB a column.
 */
export function renderHtml(page: Page): string {
  const { mark, word } = verdictInWords[page.verdict];
  const [first, ...more] = page.says;
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><meta name="generator" content="Anchorwatch">
<title>${word}: ${page.title}</title><style>${new Html(style)}</style></head><body>
<header><h1><bdi>${page.title}</bdi></h1><p class="lead"><strong class="${page.verdict}"><span aria-hidden="true">${mark}</span> ${word}:</strong> ${first}</p>${more.map((line) => html`<p class="says">${line}</p>`)}
<dl>${page.facts.map(({ term, is }) => html`<div><dt>${term}</dt><dd>${is}</dd></div>`)}</dl></header>
<main><section aria-labelledby="performance"><h2 id="performance">Performance</h2>${performancePart(page)}</section>
${
  page.predictions.length > 0 &&
  html`<section aria-labelledby="predictions"><h2 id="predictions">Predictions</h2><ul class="plain">${page.predictions.map((line) => html`<li><bdi>${line}</bdi></li>`)}</ul></section>
`
}${
  page.errors &&
  html`<section aria-labelledby="errors"><h2 id="errors">Where errors lie</h2>${errorsPart(page.errors)}</section>
`
}<section aria-labelledby="moved"><h2 id="moved">What moved, and how sure that is</h2>${columnsPart(page.columns)}</section>
${
  page.segments.length > 0 &&
  html`<section aria-labelledby="segments"><h2 id="segments">Segments</h2>${segmentsPart(page.segments)}</section>
`
}<section aria-labelledby="quality"><h2 id="quality">Quality of the data</h2>${qualityPart(page)}</section>
<section aria-labelledby="ignored"><h2 id="ignored">Not compared</h2>${ignoredPart(page.ignored)}</section>
${page.notes.length > 0 && html`<section aria-labelledby="notes"><h2 id="notes">Notes</h2><ul class="plain">${page.notes.map((note) => html`<li><bdi>${note}</bdi></li>`)}</ul></section>`}</main>
<footer><h2>How to read this</h2>${reading}</footer></body></html>
`.text;
}

function performancePart({ performance }: Page): Html {
  if (performance.length === 0) return html`<p>No outcomes were given, so performance is not judged.</p>`;
  return html`<p class="fine key">${keyOf('threshold', 'alarm begins')}${keyOf('reference', 'before')}${keyOf('interval', '95% interval')}</p>
<ul class="cards performance">${performance.map((measured, index) => performanceCard(`m${index + 1}`, measured))}</ul>`;
}

function columnsPart(columns: readonly Moved[]): Html {
  if (columns.length === 0) return html`<p>No column was compared.</p>`;
  const furthest = Math.min(furthestShown, Math.max(2, ...columns.map(reach)) * 1.05);
  const shown = columnsOfNote(columns);
  const cards = columns.map((moved, index) => columnCard(`c${index + 1}`, moved, furthest));
  const rest = cards.slice(shown);
  return html`<p>${sayCounts(columns)}</p>
<p class="fine key">${keyOf('threshold', 'alarm begins')}${keyOf('interval', '95% interval of the effect')}${keyOf('before', 'baseline')}${keyOf('now', 'data')}<span>The most important and most moved first.</span></p>
<ol class="cards">${cards.slice(0, shown)}</ol>
${rest.length > 0 && html`<details class="more"><summary>${rest.length} more ${rest.length === 1 ? 'column' : 'columns'}, all steady</summary><ol class="cards" start="${shown + 1}">${rest}</ol></details>`}`;
}

const noteFirst = { alarm: 0, inconclusive: 1, steady: 2 } as const;

/** How many columns ended how; the moved ones by name, each with the way to it. */
function sayCounts(columns: readonly Moved[]): Html {
  const ended = columns.toSorted((a, b) => noteFirst[a.verdict] - noteFirst[b.verdict]).map((moved) => movementInWords(moved).word);
  const counts = new Map<string, number>();
  for (const word of ended) counts.set(word, (counts.get(word) ?? 0) + 1);
  const told = [...counts].map(([word, many]) => `${many} ${word.toLowerCase()}`).join(', ');
  const moved = columns.flatMap(({ verdict, column }, index) => (verdict === 'alarm' ? [{ column, to: `#c${index + 1}` }] : []));
  const links = moved
    .slice(0, linkedAtMost)
    .map(({ column, to }, index) => html`${index > 0 && ', '}<a href="${to}"><bdi>${column}</bdi></a>`);
  return html`${columns.length === 1 ? '1 column' : `${columns.length} columns`}: ${told}.${links.length > 0 && html` Moved: ${links}${moved.length > links.length ? ', …' : '.'}`}`;
}

const keys = {
  threshold: html`<path class="threshold" d="M13 0V16"/>`,
  reference: html`<path class="reference" d="M13 1V15"/>`,
  interval: html`<path class="interval" d="M2 8H24M2 3v10M24 3v10"/>`,
  before: html`<path class="before" d="M3 15V3h20v12z"/>`,
  now: html`<path class="now" d="M2 13h8V4h8v6h6"/>`,
} as const;

function keyOf(key: keyof typeof keys, means: string): Html {
  return html`<span><svg viewBox="0 0 26 16" aria-hidden="true">${keys[key]}</svg>${means}</span>`;
}

function ignoredPart(ignored: Page['ignored']): Html {
  if (ignored.length === 0) return html`<p>Every column was compared.</p>`;
  return html`<div class="scroll" role="region" aria-label="Not compared, a table" tabindex="0"><table><thead><tr><th scope="col">Column</th><th scope="col">Why</th></tr></thead><tbody>${ignored.map(({ column, reason }) => html`<tr><th scope="row"><bdi>${column}</bdi></th><td>${reason}</td></tr>`)}</tbody></table></div>`;
}

const reading = html`<p class="fine">A column alarms when its effect reaches the threshold and the p-value, adjusted for the number of columns, is at most the level: a shift that is certain but too small to matter does not, nor does a large one that chance explains. The interval is where the effect lies in 95 of 100 such checks. All charts of effects have one scale, in thresholds; an arrow means that it goes on. Pictures of a column show the share of rows by value; groups of fewer than ten rows are joined with others, and no row can be read from this page.</p>`;
