import type { Distribution } from '../../drift/distribution.ts';
import { sayNumber, sayP, sayShare } from '../../report/say-number.ts';
import { barsOf } from '../bars-of.ts';
import type { Certainty } from '../page.ts';
import { statisticInWords } from '../statistic-in-words.ts';
import { type Html, html } from './html.ts';

export interface AllStatistics extends Certainty {
  readonly statistics: Readonly<Record<string, number>>;
  readonly distribution?: Distribution;
  readonly policyPath?: string;
}

/** All that was measured of one thing, folded away. */
export function statisticsDetails(of: string, { statistics, distribution, policyPath, pValue, adjustedPValue }: AllStatistics): Html {
  const measured = Object.entries(statistics)
    .map(([name, value]) => [statisticInWords(name), sayNumber(value)] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  const rows = [
    ...(pValue === undefined ? [] : [['p', sayP(pValue)] as const]),
    ...(adjustedPValue === undefined ? [] : [['p, adjusted (Benjamini–Hochberg)', sayP(adjustedPValue)] as const]),
    ...measured,
  ];
  if (rows.length === 0 && distribution === undefined) return html``;
  return html`<details class="all"><summary>All statistics<span class="unseen"> of ${of}</span></summary><div class="tables">
${rows.length > 0 && html`<table><thead><tr><th scope="col">Statistic</th><th scope="col" class="n">Value</th></tr></thead><tbody>${rows.map(([name, value]) => html`<tr><th scope="row">${name}</th><td class="n">${value}</td></tr>`)}</tbody></table>`}
${distribution && sharesTable(distribution)}</div>${policyPath !== undefined && html`<p class="fine">Policy line: <code>${policyPath}</code></p>`}</details>`;
}

function sharesTable(distribution: Distribution): Html {
  const rows = barsOf(distribution).map(
    ({ name, baseline, window }) =>
      html`<tr><th scope="row"><bdi>${name}</bdi></th><td class="n">${sayShare(baseline)}</td><td class="n">${sayShare(window)}</td></tr>`,
  );
  return html`<table><thead><tr><th scope="col">Values</th><th scope="col" class="n">Baseline</th><th scope="col" class="n">Data</th></tr></thead><tbody>${rows}</tbody></table>`;
}
