import { type EventTime, eventTime, plusDays } from '../identity/event-time.ts';
import { metricInWords } from '../performance/metric-in-words.ts';
import { sayNumber } from '../report/say-number.ts';
import { type Html, html } from '../report-page/html/html.ts';
import type { AlarmEpisode, Backtest, HindsightWindow } from './backtest.ts';
import { dayOf, plural, ruleInWords } from './backtest-in-words.ts';

const width = 960;
const left = 190;
const right = 16;
const plotHeight = 180;
const laneHeight = 28;
const axisHeight = 24;
const markedMonths = 12;

/** The metric as all labels tell it, a point for each window at its end, and below it a lane of alarms for each rule. */
export function timelineChart(backtest: Backtest): Html {
  const { looks, rules, hindsight, degradations, metric } = backtest;
  const [first, last] = [looks[0]?.asOf, looks.at(-1)?.asOf] as [EventTime, EventTime];
  const [from, to] = [Date.parse(plusDays(first, -1)), Date.parse(plusDays(last, 1))];
  const x = (time: EventTime) =>
    round(left + ((width - left - right) * (Math.min(to, Math.max(from, Date.parse(time))) - from)) / (to - from));
  const top = hindsight.length === 0 ? 0 : plotHeight;
  const height = top + rules.length * laneHeight + axisHeight;
  const lanes = rules.map(({ rule, alarmed }, lane) => {
    const y = top + lane * laneHeight + laneHeight / 2;
    return html`<text x="0" y="${y + 4}">${ruleInWords[rule]}</text><path class="axis" d="M${left} ${y}H${width - right}"/>${alarmed.map(({ asOf, is }) => mark(is, x(asOf), y))}`;
  });
  return html`<svg class="timeline" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="timeline-t timeline-d"><title id="timeline-t">${metricInWords(metric)} and alarms from ${dayOf(first)} to ${dayOf(last)}</title><desc id="timeline-d">${sayTimeline(backtest)}</desc>
${degradations.map(({ span }) => html`<rect class="beyond" x="${x(span.from)}" y="0" width="${round(Math.max(2, x(span.to) - x(span.from)))}" height="${height - axisHeight}"/>`)}
${hindsight.length > 0 && metricPart(hindsight, x)}${lanes}${months(first, last).map((month) => html`<path class="axis" d="M${x(month)} 0V${height - axisHeight + 4}"/><text class="month" x="${x(month)}" y="${height - 5}">${month.slice(0, 7)}</text>`)}</svg>`;
}

function sayTimeline({ rules, degradations, looks }: Backtest): string {
  const alarmed = rules.map(({ rule, alarmedLooks }) => `${ruleInWords[rule]} at ${alarmedLooks}`).join(', ');
  return `${plural(degradations.length, 'degradation')}; of ${plural(looks.length, 'look')} alarm: ${alarmed}. The tables below tell the same.`;
}

function metricPart(windows: readonly HindsightWindow[], x: (time: EventTime) => number): Html {
  const known = windows.flatMap((window) => (window.value === undefined ? [] : [{ ...window, value: window.value }]));
  const levels = known.flatMap(({ value, reference, threshold }) => [value, reference ?? value, threshold ?? value]);
  const [least, most] = [Math.min(...levels), Math.max(...levels)];
  const air = (most - least) * 0.08 || Math.abs(most) * 0.08 || 1;
  const y = (value: number) => round(plotHeight - 8 - ((plotHeight - 16) * (value - least + air)) / (most - least + 2 * air));
  const { reference, threshold } = known.findLast((window) => window.threshold !== undefined) ?? {};
  const line = known.map(({ window, value }, index) => `${index === 0 ? 'M' : 'L'}${x(window.to)} ${y(value)}`).join('');
  return html`${threshold !== undefined && html`<path class="threshold" d="M${left} ${y(threshold)}H${width - right}"/><text x="0" y="${y(threshold) + 4}">degraded from ${sayNumber(threshold)}</text>`}
${reference !== undefined && html`<path class="reference" d="M${left} ${y(reference)}H${width - right}"/><text x="0" y="${y(reference) + 4}">baseline ${sayNumber(reference)}</text>`}
<path class="now" d="${line}"/>${known.map(({ window, value, is }) => html`<circle class="${is}" cx="${x(window.to)}" cy="${y(value)}" r="${is === 'degraded' ? 4 : 2.5}"/>`)}`;
}

/** Each end has a shape of its own: filled and up, hollow and up, a diamond. */
function mark(is: AlarmEpisode['is'], x: number, y: number): Html {
  if (is === 'open') return html`<path class="open" d="M${x} ${y - 6}l6 6-6 6-6-6z"/>`;
  return html`<path class="${is}" d="M${x} ${y - 7}l6 12h-12z"/>`;
}

/** First days of months, at most twelve of them. */
function months(from: EventTime, to: EventTime): EventTime[] {
  const found: EventTime[] = [];
  const date = new Date(`${from.slice(0, 7)}-01T00:00:00.000Z`);
  for (date.setUTCMonth(date.getUTCMonth() + 1); date.getTime() <= Date.parse(to); date.setUTCMonth(date.getUTCMonth() + 1))
    found.push(eventTime(date));
  const every = Math.ceil(found.length / markedMonths);
  return found.filter((_, index) => index % every === 0);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
