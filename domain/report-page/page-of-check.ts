import type { CheckedColumn, CheckedTable, CheckReport, QualityFlaw } from '../check/check-report.ts';
import { sayTest, sayVerdict } from '../check/say-check.ts';
import { flawInWords } from '../drift/flaw-in-words.ts';
import { effectUnit } from '../drift/judged-effect.ts';
import { smallestGroup } from '../drift/publishable-bars.ts';
import { anomalyInWords } from '../report/anomaly-in-words.ts';
import { sayNumber } from '../report/say-number.ts';
import { byImportance } from './by-importance.ts';
import { dependenceInWords } from './dependence-in-words.ts';
import { measuredPerformance } from './measured-performance.ts';
import { type Flawed, isPrediction, type Moved, type Page } from './page.ts';
import { calibrationInWords, predictionsInWords } from './predictions-in-words.ts';
import { publishableStatistics } from './publishable-statistics.ts';
import { seenShifts } from './seen-shifts.ts';
import { segmentsOfCheck } from './segments-of-check.ts';
import { tellCritical } from './tell-critical.ts';

/**
 * A check of one table against another, for readers.
 *
 * @param tables what the two are called
 */
export function pageOfCheck(report: CheckReport, tables: { readonly baseline: string; readonly data: string }): Page {
  const { window, baseline, ignored, quality, notes } = report;
  const performance = report.performance.filter(({ segment }) => segment === undefined);
  const columns = tellCritical(byImportance(report.columns.map(moved)));
  return {
    title: `${tables.data} against ${tables.baseline}`,
    verdict: report.verdict,
    says: [sayVerdict(report), sayTest(report)],
    facts: [{ term: 'Data', is: sayTable(window) }, { term: 'Baseline', is: sayTable(baseline) }, ...seenShifts(columns)],
    performance: performance.map(measuredPerformance),
    predictions: [
      ...predictionsInWords(columns.filter(isPrediction)),
      ...dependenceInWords(columns),
      ...calibrationInWords(performance.find(({ rule }) => rule === 'drop')?.statistics ?? {}),
    ],
    ...(report.errors && { errors: report.errors }),
    columns,
    segments: segmentsOfCheck(report),
    flaws: quality.flaws.map(flawed),
    remarks: [
      ...quality.missingColumns.map((column) => `${column}: in the baseline, not in the data.`),
      ...quality.newColumns.map((column) => `${column}: in the data, not in the baseline; not compared.`),
      ...report.columns.flatMap(sayNewCategories),
      ...sayAnomalies('data', window),
      ...sayAnomalies('baseline', baseline),
    ],
    ignored,
    notes,
  };
}

function moved(checked: CheckedColumn): Moved {
  const { column, kind, layer, movement, critical, effect, interval, pValue, adjustedPValue, distribution, missing } = checked;
  const statistics = {
    ...publishableStatistics(checked.statistics),
    nullsInBaseline: checked.nulls.baseline,
    nullsInWindow: checked.nulls.window,
  };
  return {
    column,
    traits: layer === 'predictions' ? [kind, 'prediction'] : [kind],
    verdict: movement,
    critical,
    ...(effect && {
      effect: { value: effect.value, threshold: effect.threshold, unit: effectUnit(effect.statistic), ...(interval && { interval }) },
    }),
    ...(missing !== undefined && { reason: `needs ${missing}` }),
    ...(pValue !== undefined && { pValue }),
    ...(adjustedPValue !== undefined && { adjustedPValue }),
    ...(distribution && { distribution }),
    statistics,
  };
}

function flawed({ column, flaw, verdict, share, shareInBaseline, threshold, pValue, adjustedPValue }: QualityFlaw): Flawed {
  return {
    column,
    flaw: (flawInWords as Readonly<Record<string, string>>)[flaw] ?? flaw,
    verdict,
    share,
    shareInBaseline,
    threshold,
    ...(pValue !== undefined && { pValue }),
    ...(adjustedPValue !== undefined && { adjustedPValue }),
  };
}

function sayTable({ rows, files, from, to, labelled }: CheckedTable): string {
  const time = from === undefined || to === undefined ? '' : `, ${from.slice(0, 10)} to ${to.slice(0, 10)}`;
  const outcomes = labelled === undefined ? '' : `, ${sayNumber(labelled)} with an outcome`;
  return `${sayNumber(rows)} rows${files > 1 ? ` in ${files} files` : ''}${time}${outcomes}`;
}

function sayNewCategories({ column, evidence }: CheckedColumn): string[] {
  const told = Object.entries(evidence.newCategories ?? {}).filter(([, rows]) => rows >= smallestGroup);
  if (told.length === 0) return [];
  return [`${column}: not in the baseline are ${told.map(([name, rows]) => `${name} (${sayNumber(rows)} rows)`).join(', ')}.`];
}

function sayAnomalies(which: string, { anomalies }: CheckedTable): string[] {
  return Object.entries(anomalies).map(([kind, rows]) => `${which}: ${sayNumber(rows)} ${anomalyInWords(kind)}.`);
}
