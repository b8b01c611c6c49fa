import { metricInWords } from '../performance/metric-in-words.ts';
import { sayNumber, sayP, sayShare } from '../report/say-number.ts';
import { Html, html, type Part } from '../report-page/html/html.ts';
import { style } from '../report-page/html/style.ts';
import type { Backtest, JudgedRule } from './backtest.ts';
import { backtestVerdictInWords, dayOf, episodeInWords, plural, ruleInWords, warningInWords } from './backtest-in-words.ts';
import { timelineChart } from './timeline-chart.ts';

const verdictClass = { holds: 'steady', fails: 'alarm', inconclusive: 'inconclusive' } as const;

const ownStyle = `table{overflow-wrap:normal}tbody th,td:not(:has(bdi)){white-space:nowrap}td:has(bdi){min-width:16rem}thead .n{white-space:normal}
.timeline{display:block;width:100%;min-width:44rem;height:auto;margin-top:.5rem}
.timeline text{fill:var(--fine);font-size:12px}.timeline .month{text-anchor:middle}
.timeline .steady,.timeline .unknown{fill:var(--now)}.timeline .degraded{fill:var(--alarm)}
.timeline .confirmed{fill:var(--alarm)}.timeline .false{fill:var(--ground);stroke:var(--alarm);stroke-width:1.5}.timeline .open{fill:var(--inconclusive)}
.key .confirmed{fill:var(--alarm)}.key .false{fill:none;stroke:var(--alarm);stroke-width:1.5}.key .open{fill:var(--inconclusive)}`;

/**
 * A backtest as one HTML file that needs nothing else: no script, no network. The picture says nothing that the tables do not.
 *
 * Cost O(looks); about 200 bytes a look and rule.
 */
export function renderBacktestHtml(backtest: Backtest): string {
  const { model, verdict, says, baseline, rules, notes, looks } = backtest;
  const { mark, word } = backtestVerdictInWords[verdict];
  const [first, ...more] = says;
  const [ours] = rules as readonly [JudgedRule];
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><meta name="generator" content="Anchorwatch">
<title>${word}: backtest of ${model}</title><style>${new Html(style)}${new Html(ownStyle)}</style></head><body>
<header><h1>Backtest of <bdi>${model}</bdi></h1><p class="lead"><strong class="${verdictClass[verdict]}"><span aria-hidden="true">${mark}</span> ${word}:</strong> ${first}</p>${more.map((line) => html`<p class="says">${line}</p>`)}
<dl>${facts(backtest).map(([term, is]) => html`<div><dt>${term}</dt><dd>${is}</dd></div>`)}</dl></header>
<main><section aria-labelledby="time"><h2 id="time">The past, as it was and as it was told</h2>${key(backtest)}<div class="scroll" role="region" aria-label="Timeline, a picture" tabindex="0">${timelineChart(backtest)}</div></section>
<section aria-labelledby="beside"><h2 id="beside">Beside usual rules, on the same rows</h2>${rulesTable(backtest)}</section>
<section aria-labelledby="alarms"><h2 id="alarms">Alarms of this policy</h2>${alarmsPart(ours)}</section>
<section aria-labelledby="degradations"><h2 id="degradations">Degradations, by all labels</h2>${degradationsPart(backtest)}</section>
<section aria-labelledby="looks"><h2 id="looks">Every look</h2><details class="more"><summary>${plural(looks.length, 'look')}, with what was decided</summary>${looksTable(backtest)}</details></section>
${notes.length > 0 && html`<section aria-labelledby="notes"><h2 id="notes">Notes</h2><ul class="plain">${notes.map((note) => html`<li><bdi>${note}</bdi></li>`)}</ul></section>`}</main>
<footer><h2>How to read this</h2><p class="fine">${baseline.says} Each look saw only what was known by then. A window is degraded when, with every label that came in the end, its metric was worse than the baseline's by the policy's drop or more, and by more than the baseline's own blocks explain (p ≤ .05); it lasts when two such windows do not overlap. An alarm is confirmed when a degradation holds days it is about or begins within a window after them, false when labels showed none, open while they are not all known. Days early are counted to the look at which the labels of the degradation's first window had matured. Nothing was retrained.</p></footer></body></html>
`.text;
}

function facts({ metric, drop, budget, windowDays, maturesAfterDays, baseline, looks }: Backtest): [string, string][] {
  return [
    ['Looks', `${looks.length}, ${dayOf(looks[0]?.asOf)} to ${dayOf(looks.at(-1)?.asOf)}`],
    ['Baseline', `${dayOf(baseline.from)} to ${dayOf(baseline.to)}, taken ${dayOf(baseline.takenAt)}`],
    ['Window', plural(windowDays, 'day')],
    ['Degraded when', `${metricInWords(metric)} worse by ${drop.of === 'relative' ? sayShare(drop.by) : sayNumber(drop.by)}`],
    ['Labels mature after', plural(maturesAfterDays, 'day')],
    ['False alarms allowed', `${budget.atMost} in ${plural(budget.perDays, 'day')}`],
  ];
}

function key({ hindsight }: Backtest): Html {
  const signs: readonly (readonly [Html, string])[] = [
    [html`<path class="confirmed" d="M13 1l6 12h-12z"/>`, 'alarm, confirmed by labels'],
    [html`<path class="false" d="M13 1l6 12h-12z"/>`, 'alarm with nothing wrong'],
    [html`<path class="open" d="M13 2l6 6-6 6-6-6z"/>`, 'alarm, labels not all known'],
    ...(hindsight.length === 0
      ? []
      : ([[html`<path class="now" d="M2 13L10 6L16 9L24 3"/>`, 'metric of each window, by all labels']] as const)),
  ];
  return html`<p class="fine key">${signs.map(([sign, means]) => html`<span><svg viewBox="0 0 26 16" aria-hidden="true">${sign}</svg>${means}</span>`)}<span>Shaded: degraded. Alarms stand at the look that told them.</span></p>`;
}

function rulesTable({ rules, looks, budget }: Backtest): Html {
  const head = [
    'Rule',
    'Looks that alarm',
    'with nothing wrong',
    'Alarms',
    'Confirmed',
    'False',
    'Open',
    `False in ${sayNumber(budget.perDays)} days (budget ${budget.atMost})`,
    'Missed',
  ];
  const rows = rules.map((rule) => [
    ruleInWords[rule.rule],
    `${rule.alarmedLooks} of ${looks.length}`,
    rule.falseLooks,
    rule.episodes.length,
    rule.confirmed,
    rule.falseAlarms,
    rule.open,
    sayNumber(rule.falseAlarmsPerBudget),
    rule.missed,
  ]);
  return dataTable('Rules', head, rows, 1);
}

function alarmsPart({ episodes }: JudgedRule): Html {
  if (episodes.length === 0) return html`<p>There was none.</p>`;
  const rows = episodes.map(({ first, last, looks, says, is }) => [
    dayOf(first),
    dayOf(last),
    looks,
    html`<bdi>${says}</bdi>`,
    episodeInWords[is],
  ]);
  return dataTable('Alarms', ['From', 'To', 'Looks', 'About', 'In the end'], rows);
}

function degradationsPart({ hindsight, degradations, metric, rules }: Backtest): Html {
  if (hindsight.length === 0) return html`<p>Without outcomes none can be seen.</p>`;
  if (degradations.length === 0) return html`<p>There was none.</p>`;
  const head = [
    'From',
    'To',
    `${metricInWords(metric)} at worst`,
    'Baseline',
    'Labels told',
    ...rules.map(({ rule }) => `Alarm: ${ruleInWords[rule]}`),
  ];
  const rows = degradations.map(({ span, lasts, worst, maturedAt }, index) => [
    dayOf(span.from),
    `${dayOf(span.to)}${lasts ? '' : ' (passing)'}`,
    sayNumber(worst.value),
    sayNumber(worst.reference),
    dayOf(maturedAt),
    ...rules.map(({ warnings }) => warningInWords(warnings[index])),
  ]);
  return dataTable('Degradations', head, rows);
}

function looksTable({ looks, hindsight, metric }: Backtest): Html {
  const rows = looks.map(({ asOf, outcome, action, because }, index) => {
    const { value, pValue, is = 'unknown' } = hindsight[index] ?? {};
    return [
      dayOf(asOf),
      outcome,
      action.kind,
      html`<bdi>${because}</bdi>`,
      value === undefined ? '–' : sayNumber(value),
      pValue === undefined ? '–' : sayP(pValue),
      is,
    ];
  });
  return dataTable(
    'Looks',
    ['As of', 'Outcome', 'Decided', 'Because', `${metricInWords(metric)}, by all labels`, 'p', 'In hindsight'],
    rows,
  );
}

/** @param numbersFrom first column that holds numbers only; absent: none does */
function dataTable(name: string, head: readonly string[], rows: readonly (readonly Part[])[], numbersFrom = head.length): Html {
  const numeric = (column: number) => (column >= numbersFrom ? html` class="n"` : html``);
  return html`<div class="scroll" role="region" aria-label="${name}, a table" tabindex="0"><table><thead><tr>${head.map((title, column) => html`<th scope="col"${numeric(column)}>${title}</th>`)}</tr></thead><tbody>${rows.map(([first, ...cells]) => html`<tr><th scope="row">${first}</th>${cells.map((cell, column) => html`<td${numeric(column + 1)}>${cell}</td>`)}</tr>`)}</tbody></table></div>`;
}
