import { metricInWords } from '../performance/metric-in-words.ts';
import { sayNumber } from '../report/say-number.ts';
import { escapeMarkdown } from '../report-page/markdown/escape-markdown.ts';
import { table } from '../report-page/markdown/table.ts';
import type { AlarmEpisode, Backtest, JudgedRule } from './backtest.ts';
import { backtestVerdictInWords, dayOf, episodeInWords, ruleInWords, warningInWords } from './backtest-in-words.ts';

/** A backtest as Markdown, for terminals and pull requests. Windows and looks, of which there are hundreds, are in JSON and on the page. */
export function renderBacktest(backtest: Backtest): string {
  const { mark, word } = backtestVerdictInWords[backtest.verdict];
  const [first = '', ...more] = backtest.says;
  const [ours] = backtest.rules as readonly [JudgedRule];
  return [
    `# Backtest of ${backtest.model}: ${word.toLowerCase()}`,
    '',
    `${mark} **${word}:** ${escapeMarkdown(first)}`,
    ...more.flatMap((line) => ['', escapeMarkdown(line)]),
    '',
    escapeMarkdown(backtest.baseline.says),
    ...section('Alarms of this policy', table(['From', 'To', 'Looks', 'About', 'In the end'], ours.episodes.map(episodeRow))),
    ...section('Degradations, by all labels', degradationTable(backtest)),
    ...section('Beside usual rules, on the same rows', ruleTable(backtest)),
    ...section(
      'Notes',
      backtest.notes.map((note) => `- ${escapeMarkdown(note)}`),
    ),
    '',
  ].join('\n');
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', `## ${title}`, '', ...lines];
}

function episodeRow({ first, last, looks, says, is }: AlarmEpisode): string[] {
  return [dayOf(first), dayOf(last), String(looks), escapeMarkdown(says), episodeInWords[is]];
}

function degradationTable({ degradations, metric, rules }: Backtest): string[] {
  const rows = degradations.map(({ span, worst, maturedAt, lasts }, index) => [
    dayOf(span.from),
    `${dayOf(span.to)}${lasts ? '' : ' (passing)'}`,
    `${metricInWords(metric)} ${sayNumber(worst.value)} (baseline ${sayNumber(worst.reference)})`,
    dayOf(maturedAt),
    ...rules.map(({ warnings }) => warningInWords(warnings[index])),
  ]);
  return table(['From', 'To', 'At worst', 'Labels told', ...rules.map(({ rule }) => `Alarm: ${ruleInWords[rule]}`)], rows);
}

function ruleTable({ rules, looks, budget }: Backtest): string[] {
  const per = `False in ${sayNumber(budget.perDays)} d (budget ${budget.atMost})`;
  const head = ['Rule', 'Looks that alarm', 'of these false', 'Alarms', 'Confirmed', 'False', 'Open', per, 'Missed'];
  const rows = rules.map((rule) => [
    ruleInWords[rule.rule],
    `${rule.alarmedLooks} of ${looks.length}`,
    String(rule.falseLooks),
    ...[rule.episodes.length, rule.confirmed, rule.falseAlarms, rule.open].map(String),
    sayNumber(rule.falseAlarmsPerBudget),
    String(rule.missed),
  ]);
  return table(head, rows);
}
