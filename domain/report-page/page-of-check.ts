import type { CheckedColumn, CheckedSegment, CheckedTable, CheckReport, QualityFlaw } from '../check/check-report.ts';
import { sayTest, sayVerdict } from '../check/say-check.ts';
import { flawInWords } from '../drift/flaw-in-words.ts';
import { effectUnit } from '../drift/judged-effect.ts';
import { smallestGroup } from '../drift/publishable-bars.ts';
import { anomalyInWords } from '../report/anomaly-in-words.ts';
import { sayNumber } from '../report/say-number.ts';
import { byImportance } from './by-importance.ts';
import { type Flawed, isPrediction, type Moved, type Page, type Segment } from './page.ts';
import { predictionsInWords } from './predictions-in-words.ts';
import { publishableStatistics } from './publishable-statistics.ts';
import { seenShifts } from './seen-shifts.ts';
import { tellCritical } from './tell-critical.ts';

/**
 * A check of one table against another, for readers.
 *
 * @param tables what the two are called
 */
export function pageOfCheck(report: CheckReport, tables: { readonly baseline: string; readonly data: string }): Page {
  const { window, baseline, ignored, quality, notes } = report;
  const columns = tellCritical(byImportance(report.columns.map(moved)));
  return {
    title: `${tables.data} against ${tables.baseline}`,
    verdict: report.verdict,
    says: [sayVerdict(report), sayTest(report)],
    facts: [{ term: 'Data', is: sayTable(window) }, { term: 'Baseline', is: sayTable(baseline) }, ...seenShifts(columns)],
    performance: [],
    predictions: predictionsInWords(columns.filter(isPrediction)),
    columns,
    segments: segmentsOfCheck(report.segments ?? []),
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

function segmentsOfCheck(checked: readonly CheckedSegment[]): Segment[] {
  const names = [...new Set(checked.map(({ segment }) => segment))];
  return names.map((name) => {
    const own = checked.filter(({ segment }) => segment === name);
    return { name, verdict: own[0]?.verdict ?? 'inconclusive', inputs: own.map(({ says }) => says).join(' ') };
  });
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

function sayTable({ rows, files, from, to }: CheckedTable): string {
  const time = from === undefined || to === undefined ? '' : `, ${from.slice(0, 10)} to ${to.slice(0, 10)}`;
  return `${sayNumber(rows)} rows${files > 1 ? ` in ${files} files` : ''}${time}`;
}

function sayNewCategories({ column, evidence }: CheckedColumn): string[] {
  const told = Object.entries(evidence.newCategories ?? {}).filter(([, rows]) => rows >= smallestGroup);
  if (told.length === 0) return [];
  return [`${column}: not in the baseline are ${told.map(([name, rows]) => `${name} (${sayNumber(rows)} rows)`).join(', ')}.`];
}

function sayAnomalies(which: string, { anomalies }: CheckedTable): string[] {
  return Object.entries(anomalies).map(([kind, rows]) => `${which}: ${sayNumber(rows)} ${anomalyInWords(kind)}.`);
}
