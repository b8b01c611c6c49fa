import type { Policy } from '../policy/policy.ts';
import { anomalyInWords } from './anomaly-in-words.ts';
import type { AssessmentInput } from './assessment-input.ts';
import type { Judgement } from './report.ts';
import { sayNames } from './say-names.ts';
import { sayNumber, sayP, sayShare } from './say-number.ts';

const namedAtMost = 3;

/** Two lines for people: what became of the performance, then what moved. */
export function sayReport(input: AssessmentInput, signals: readonly Judgement[], rows: number): readonly [string, string] {
  return [sayPerformance(input, signals), sayMovement(input, signals, rows)];
}

function sayPerformance(input: AssessmentInput, signals: readonly Judgement[]): string {
  if (input.policy.sources.outcomes === undefined) return 'No outcomes are given, so performance is not watched.';
  const judged = signals.filter(({ layer }) => layer === 'performance');
  const told = judged.find(({ outcome }) => outcome === 'fail') ?? judged[0];
  const labelled = told?.statistics.labelledShare;
  const incomplete = labelled === undefined ? '' : sayLabelled(input.policy.labels.absentMeans, labelled);
  return `${told?.says ?? 'Performance was not judged.'}${incomplete}`;
}

/** Of how many rows the outcome is known, where that is to be said. */
export function sayLabelled(absentMeans: Policy['labels']['absentMeans'], labelled: number): string {
  if (absentMeans !== undefined) return ` ${sayShare(labelled)} of the rows have an outcome, the others count as ${absentMeans}.`;
  return labelled < 0.9 ? ` Outcomes for ${sayShare(labelled)} of the rows only.` : '';
}

function sayMovement(input: AssessmentInput, signals: readonly Judgement[], rows: number): string {
  if (rows === 0) return [`No rows from ${input.window.from} to ${input.window.to}.`, ...saySilence(signals), ...sayLost(input)].join(' ');
  const inSegments = byReach(
    signals.filter(({ layer, segment, outcome }) => layer === 'inputs' && segment !== undefined && outcome === 'fail'),
  );
  return `${sayMovedColumns(
    input,
    signals.filter(({ segment }) => segment === undefined),
  )}${inSegments.length > 0 ? ` In segments: ${sayNames(inSegments.map(sayMoved))}.` : ''}`;
}

function saySilence(signals: readonly Judgement[]): string[] {
  return signals.flatMap(({ statistic, says }) => (statistic === 'silence' ? [says] : []));
}

/** What came and could not be used, where nothing else did. */
function sayLost({ anomalies }: AssessmentInput): string[] {
  const kinds = ['malformed', 'missing-time', 'missing-id', 'failed-request', 'future-time'] as const;
  return kinds.flatMap((kind) => (anomalies[kind] ? [`${sayNumber(anomalies[kind])} ${anomalyInWords(kind)}.`] : []));
}

function sayMovedColumns(input: AssessmentInput, signals: readonly Judgement[]): string {
  const critical = input.policy.columns.critical.length === 0 ? 'none' : input.policy.columns.critical.join(', ');
  const broken = signals.filter(({ layer, outcome }) => layer === 'quality' && outcome === 'fail');
  const drift = byReach(signals.filter(({ layer }) => layer === 'inputs' || layer === 'predictions'));
  const moved = drift.filter(({ outcome }) => outcome === 'fail');
  const named = [...broken.slice(0, namedAtMost).map(sayFlaw), ...moved.slice(0, namedAtMost).map(sayMoved)];
  const more = broken.length + moved.length - named.length;
  if (named.length > 0) return `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}; critical columns: ${critical}.`;

  const [largest] = drift.filter(({ value }) => value !== undefined);
  if (largest?.adjustedPValue !== undefined)
    return `Nothing moved beyond its past; the most: ${sayMoved(largest)} (alarm at ${sayNumber(largest.threshold ?? 0)}), p = ${sayP(largest.adjustedPValue)}.`;
  if (largest !== undefined) return `${sayMoved(largest)}; whether that is unusual cannot be judged: needs ${largest.missing}.`;
  return drift[0] ? `Movement could not be judged: needs ${drift[0].missing}.` : 'No columns were compared.';
}

/** Furthest over its threshold first. */
export function byReach(signals: readonly Judgement[]): Judgement[] {
  const reach = ({ value, threshold }: Judgement) =>
    value === undefined || threshold === undefined || threshold === 0 ? 0 : value / threshold;
  return [...signals].sort((a, b) => reach(b) - reach(a));
}

const units: Readonly<Record<string, string>> = {
  wassersteinInSigmas: 'sigma',
  kolmogorovSmirnov: 'KS',
  psiDebiased: 'PSI',
  jensenShannonDistanceDebiased: 'JS',
};

/** How far a column moved: its largest effect against the threshold, in that effect's unit. */
export function sayMoved({ subject, statistic, value, layer, segment }: Judgement): string {
  const place = segment === undefined ? '' : ` in ${segment}`;
  return `${layer === 'predictions' ? `predictions (${subject})` : subject}${place} moved ${sayNumber(value ?? 0)} ${units[statistic] ?? statistic}`;
}

function sayFlaw({ subject, statistic, statistics, says }: Judgement): string {
  if (statistic === 'silence') return says.slice(0, -1);
  return statistic === 'missingColumn'
    ? `missing column ${subject} (${sayShare(statistics.share ?? 0)} of rows)`
    : `${subject} ${sayShare(statistics.share ?? 0)} ${statistic}`;
}
