import { effectUnit } from '../drift/judged-effect.ts';
import { anomalyInWords } from '../report/anomaly-in-words.ts';
import { sayNumber, sayP } from '../report/say-number.ts';
import type { CheckedColumn, CheckedTable, CheckReport } from './check-report.ts';
import { isFarWithinChance } from './say-check.ts';
import { verdictInWords } from './verdict-in-words.ts';

/** A check for a terminal: the verdict, what moved, how much did not, what was not compared and why, flaws of the data. */
export function renderCheck(report: CheckReport): string {
  const { columns, ignored, quality } = report;
  const of = (verdict: CheckedColumn['verdict']) => columns.filter((column) => column.verdict === verdict);
  const steady = of('steady').length;
  return [
    report.says,
    `Data: ${sayTable(report.window)}. Baseline: ${sayTable(report.baseline)}.`,
    ...section('Performance', performanceLines(report)),
    ...section('Moved', columns.filter(({ movement }) => movement === 'alarm').map(sayMoved)),
    ...section('Far, but no further than past and chance explain', columns.filter(isFarWithinChance).map(sayMoved)),
    ...section(
      'Could not be judged',
      of('inconclusive').flatMap(({ reasons }) => reasons.slice(0, 1)),
    ),
    ...(steady > 0 ? ['', `${steady} ${steady === 1 ? 'column' : 'columns'} steady: ${kinds(of('steady'))}.`] : []),
    ...section(
      'Segments',
      [...report.performance.filter(({ segment }) => segment !== undefined), ...(report.segments ?? [])].map(({ says }) => says),
    ),
    ...section(
      'Not compared',
      ignored.map(({ column, reason }) => `${column}: ${reason}`),
    ),
    ...section('Quality', [
      ...quality.flaws.filter(({ verdict }) => verdict !== 'steady').map(({ says }) => says),
      ...quality.missingColumns.map((column) => `${column}: in the baseline, not in the data.`),
      ...quality.newColumns.map((column) => `${column}: in the data, not in the baseline; not compared.`),
      ...sayAnomalies('data', report.window),
      ...sayAnomalies('baseline', report.baseline),
    ]),
    ...section('Notes', report.notes),
  ].join('\n');
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', `${title}:`, ...lines.map((line) => `  ${line}`)];
}

function sayTable({ rows, files, from, to, labelled }: CheckedTable): string {
  const time = from === undefined || to === undefined ? '' : ` from ${from.slice(0, 10)} to ${to.slice(0, 10)}`;
  const outcomes = labelled === undefined ? '' : `, ${sayNumber(labelled)} with an outcome`;
  return `${sayNumber(rows)} ${rows === 1 ? 'row' : 'rows'}${files > 1 ? ` in ${files} files` : ''}${time}${outcomes}`;
}

function performanceLines({ performance, errors }: CheckReport): string[] {
  const rules = performance.filter(({ segment }) => segment === undefined);
  const isWorse = rules.some(({ verdict }) => verdict === 'alarm');
  return [...rules.map(({ verdict, says }) => `${verdictInWords[verdict].mark} ${says}`), ...(errors && isWorse ? [errors.says] : [])];
}

function sayMoved({ column, kind, effect, interval, adjustedPValue, reasons }: CheckedColumn): string {
  if (effect === undefined) return reasons[0] ?? column;
  const around = interval ? ` [${sayNumber(interval[0])}, ${sayNumber(interval[1])}]` : '';
  const p = adjustedPValue === undefined ? '' : `, adjusted p = ${sayP(adjustedPValue)}`;
  return `${column} (${kind}): ${sayNumber(effect.value)} ${effectUnit(effect.statistic)}${around}, alarm at ${sayNumber(effect.threshold)}${p}`;
}

function kinds(columns: readonly CheckedColumn[]): string {
  const counts = new Map<string, number>();
  for (const { kind } of columns) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].map(([kind, count]) => `${count} ${kind}`).join(', ');
}

function sayAnomalies(which: string, { anomalies }: CheckedTable): string[] {
  return Object.entries(anomalies).map(([kind, rows]) => `${which}: ${sayNumber(rows)} ${anomalyInWords(kind)}.`);
}
