import type { Distribution } from '../../drift/distribution.ts';
import { sayNumber, sayP, sayShare } from '../../report/say-number.ts';
import { type Bar, barsOf } from '../bars-of.ts';
import { type ComparedStatistic, comparedStatistics } from '../compared-statistics.ts';
import { customaryLabel } from '../customary-label.ts';
import type { Certainty } from '../page.ts';
import { type Html, html } from './html.ts';

export interface AllStatistics extends Certainty {
  readonly statistics: Readonly<Record<string, number>>;
  readonly distribution?: Distribution;
  readonly policyPath?: string;
}

/** All that was measured of one thing, folded away: what the baseline has too in a table of both, all else in one of its own. */
export function statisticsDetails(of: string, { statistics, distribution, policyPath, pValue, adjustedPValue }: AllStatistics): Html {
  const compared = comparedStatistics(statistics);
  const rows = [
    ...(pValue === undefined ? [] : [['p', sayP(pValue)] as const]),
    ...(adjustedPValue === undefined ? [] : [['p, adjusted (Benjamini–Hochberg)', sayP(adjustedPValue)] as const]),
    ...compared
      .filter(({ baseline }) => baseline === undefined)
      .map(({ name, says, value = 0 }) => [says, sayLabelled(value, customaryLabel(name, value))] as const),
  ];
  const pairs = compared.filter(({ baseline }) => baseline !== undefined);
  if (rows.length + pairs.length === 0 && distribution === undefined) return html``;
  return html`<details class="all"><summary>All statistics<span class="unseen"> of ${of}</span></summary><div class="tables">
${rows.length > 0 && html`<table><thead><tr><th scope="col">Statistic</th><th scope="col" class="n">Value</th></tr></thead><tbody>${rows.map(([name, value]) => html`<tr><th scope="row">${name}</th><td class="n">${value}</td></tr>`)}</tbody></table>`}
${pairs.length > 0 && bothTable('Figure', pairs.map(bothCells))}
${distribution && bothTable('Values', barsOf(distribution).map(barCells))}</div>${policyPath !== undefined && html`<p class="fine">Policy line: <code>${policyPath}</code></p>`}</details>`;
}

function sayLabelled(value: number, label: string | undefined): Html {
  return html`${label !== undefined && html`<span class="fine">${label}</span> `}${sayNumber(value)}`;
}

type Cells = readonly [name: string, baseline: string, data: string];

function bothCells({ says, baseline, value }: ComparedStatistic): Cells {
  const say = (figure: number | undefined) => (figure === undefined ? '–' : sayNumber(figure));
  return [says, say(baseline), say(value)];
}

function barCells({ name, baseline, window }: Bar): Cells {
  return [name, sayShare(baseline), sayShare(window)];
}

function bothTable(title: string, rows: readonly Cells[]): Html {
  return html`<table><thead><tr><th scope="col">${title}</th><th scope="col" class="n">Baseline</th><th scope="col" class="n">Data</th></tr></thead><tbody>${rows.map(([name, baseline, data]) => html`<tr><th scope="row"><bdi>${name}</bdi></th><td class="n">${baseline}</td><td class="n">${data}</td></tr>`)}</tbody></table>`;
}
