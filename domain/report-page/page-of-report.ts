import { verdictOf } from '../check/check-report.ts';
import { checkedPerformance } from '../check/checked-performance.ts';
import type { Flaw } from '../drift/flaw-day.ts';
import { flawInWords } from '../drift/flaw-in-words.ts';
import { effectUnit } from '../drift/judged-effect.ts';
import { unversioned } from '../ledger/unversioned.ts';
import { anomalyInWords } from '../report/anomaly-in-words.ts';
import type { Report, Signal } from '../report/report.ts';
import { sayNumber, sayShare } from '../report/say-number.ts';
import { sayUrgency } from '../report/say-urgency.ts';
import { byImportance } from './by-importance.ts';
import { dependenceInWords } from './dependence-in-words.ts';
import { measuredPerformance } from './measured-performance.ts';
import { type Certainty, type Flawed, isPrediction, type Moved, type Page } from './page.ts';
import { calibrationInWords, predictionsInWords } from './predictions-in-words.ts';
import { publishableStatistics } from './publishable-statistics.ts';
import { seenShifts } from './seen-shifts.ts';
import { segmentsOfReport } from './segments-of-report.ts';
import { tellCritical } from './tell-critical.ts';

/** A check of a maintained model, for readers. */
export function pageOfReport(report: Report): Page {
  const { model, version, window, signals, anomalies } = report;
  const whole = signals.filter(({ segment }) => segment === undefined);
  const of = (...layers: readonly Signal['layer'][]) => whole.filter(({ layer }) => layers.includes(layer));
  const columns = tellCritical(byImportance(of('inputs', 'predictions').map(moved)));
  return {
    title: version === unversioned ? model : `${model}, version ${version}`,
    verdict: verdictOf[report.outcome],
    says: report.says,
    facts: [
      { term: 'As of', is: `${report.asOf.slice(0, 16).replace('T', ' ')} UTC` },
      { term: 'Data', is: `${sayNumber(window.rows)} rows, ${sayTime(window.from)} to ${sayTime(window.to)}` },
      ...(report.matured ? [{ term: 'Performance of', is: sayMatured(report.matured, of('performance')) }] : []),
      { term: 'Tested against', is: sayPast(report) },
      { term: 'Chance of a false alarm', is: `at most ${sayShare(report.falseAlarmLevel)} a look` },
      ...seenShifts(columns),
      { term: 'Severity', is: report.urgency === undefined ? report.severity : `${report.severity}, ${sayUrgency(report.urgency)}` },
      { term: 'Policy', is: short(report.policy) },
      { term: 'Baseline', is: sayBaseline(report) },
      { term: 'Entries', is: short(report.entries) },
    ],
    performance: of('performance').map((signal) => measuredPerformance(checkedPerformance(signal))),
    predictions: [
      ...predictionsInWords(columns.filter(isPrediction)),
      ...dependenceInWords(columns),
      ...calibrationInWords(of('performance').find(({ statistic }) => statistic === 'drop')?.statistics ?? {}),
    ],
    ...(report.errors && { errors: report.errors }),
    columns,
    segments: segmentsOfReport(signals),
    flaws: of('quality')
      .filter(({ statistic }) => !isRemark(statistic))
      .map(flawed),
    remarks: [
      ...(report.unread ?? []).map(({ says }) => says),
      ...of('quality').flatMap(({ statistic, says }) => (isRemark(statistic) ? [says] : [])),
      ...Object.entries(anomalies).flatMap(([kind, rows]) => (rows > 0 ? [`${sayNumber(rows)} ${anomalyInWords(kind)}.`] : [])),
    ],
    ignored: report.ignored.map((column) => ({ column, reason: 'by the policy' })),
    notes: report.proxies ? [report.proxies.says] : [],
  };
}

function sayMatured({ rows, from, to }: NonNullable<Report['matured']>, performance: readonly Signal[]): string {
  const share = performance.find(({ statistics }) => statistics.labelledShare !== undefined)?.statistics.labelledShare;
  const labelled = share === undefined ? '' : `, ${sayShare(share)} with an outcome`;
  return `${sayNumber(rows)} rows, ${sayTime(from)} to ${sayTime(to)}${labelled}`;
}

function sayBaseline({ baseline, provisional }: Report): string {
  if (baseline === undefined) return 'none';
  return provisional ? `${short(baseline)}, provisional: held-out rows, until days of production take their place` : short(baseline);
}

function moved(signal: Signal): Moved {
  const {
    subject,
    layer,
    outcome,
    critical,
    statistic,
    value,
    threshold,
    interval,
    history,
    distribution,
    statistics,
    missing,
    policyPath,
  } = signal;
  const hasEffect = value !== undefined && threshold !== undefined;
  return {
    column: subject,
    traits: [...(distribution ? [distribution.kind] : []), ...(layer === 'predictions' ? ['prediction'] : [])],
    verdict: verdictOf[outcome],
    critical,
    ...(hasEffect && { effect: { value, threshold, unit: effectUnit(statistic), ...(interval && { interval }) } }),
    ...(history && { history }),
    ...(missing !== undefined && { reason: `needs ${missing}` }),
    ...certainty(signal),
    ...(distribution && { distribution }),
    statistics: publishableStatistics(statistics),
    policyPath,
  };
}

/** What is of no share of rows. */
function isRemark(statistic: string): boolean {
  return statistic === 'newColumn' || statistic === 'silence';
}

function flawed(signal: Signal): Flawed {
  const { subject, statistic, outcome, threshold = 0, statistics } = signal;
  return {
    column: subject,
    flaw: statistic === 'missingColumn' ? 'in files without the column' : flawInWords[statistic as Flaw],
    verdict: verdictOf[outcome],
    share: statistics.share ?? 0,
    shareInBaseline: statistics.shareInBaseline ?? 0,
    threshold,
    ...certainty(signal),
  };
}

function certainty({ pValue, adjustedPValue }: Signal): Certainty {
  return { ...(pValue !== undefined && { pValue }), ...(adjustedPValue !== undefined && { adjustedPValue }) };
}

function sayPast({ blocks: { unit, count }, signals }: Report): string {
  if (unit !== 'none') return `${count} earlier blocks of one ${unit}`;
  const ofRows = signals.some(({ pValueKind }) => pValueKind === 'independentRows');
  return ofRows ? 'the baseline, with rows taken as independent' : 'nothing: the past is too short';
}

/** A day by its date alone. */
function sayTime(time: string): string {
  return time.endsWith('T00:00:00.000Z') ? time.slice(0, 10) : time.slice(0, 16).replace('T', ' ');
}

function short(digest: string): string {
  return digest.slice(0, 12);
}
