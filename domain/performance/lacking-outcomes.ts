import type { OutcomeCounts, ScoreCounts } from '../ledger/entry.ts';
import { metricParts } from '../policy/metric-parts.ts';
import { traitsOf } from '../policy/metric-traits.ts';
import type { MetricName } from '../policy/policy.ts';
import { total } from '../statistics/counts.ts';
import { classTotalsOf } from './class-totals-of.ts';

/** Under so many matured rows no metric is judged. */
const fewestMaturedRows = 30;
/** Under so many of either kind no metric that weighs one kind against another is. */
const fewestOfAKind = 10;

/**
 * What is lacking for a metric to be judged: rows, or queries; or, where it needs a score, outcomes of the scored class and others; or, where it
 * weighs classes, outcomes of any but the commonest. Undefined where nothing is.
 */
export function lackingOutcomes(metric: MetricName, rows: number, outcomes: OutcomeCounts | undefined): string | undefined {
  if (metric === 'ndcg' || metric === 'averagePrecision') return lackingQueries(queriesOf(metric, outcomes));
  if (rows < fewestMaturedRows || outcomes === undefined) return `${fewestMaturedRows} matured rows with outcomes; there are ${rows}`;
  return hasKinds(metric, outcomes) ? undefined : `${outcomesNeeded(metric)}; there are ${kindsOf(metric, outcomes)?.join(' and ')}`;
}

function queriesOf(metric: 'ndcg' | 'averagePrecision', outcomes: OutcomeCounts | undefined): number {
  return (metric === 'ndcg' ? outcomes?.queries?.ordered : outcomes?.queries?.relevant) ?? 0;
}

function lackingQueries(queries: number): string | undefined {
  return queries < fewestMaturedRows ? `${fewestMaturedRows} matured queries with a relevant item; there are ${queries}` : undefined;
}

/**
 * Whether some rows hold enough of each kind that the metric weighs. It is all that is asked of one day or week among many, which may
 * have fewer rows than a judgement needs.
 */
export function hasKinds(metric: MetricName, outcomes: OutcomeCounts): boolean {
  return kindsOf(metric, outcomes)?.every((count) => count >= fewestOfAKind) ?? true;
}

/** The outcomes a day or week must hold to count, in words. */
export function outcomesNeeded(metric: MetricName): string {
  const { needs, takesScores } = traitsOf(metric);
  if (takesScores) return `${fewestOfAKind} outcomes that are not of the commonest class, with a score`;
  if (needs === 'score') return `${fewestOfAKind} outcomes of the positive class and ${fewestOfAKind} others, with a score`;
  const { of } = metricParts(metric);
  if (needs === 'scores') return `${fewestOfAKind} outcomes of ${of ?? 'each class'} and ${fewestOfAKind} others, with a score`;
  return weighsClasses(metric) ? `${fewestOfAKind} outcomes that are not of the commonest class` : 'outcomes';
}

function kindsOf(metric: MetricName, outcomes: OutcomeCounts): number[] | undefined {
  const { needs, takesScores } = traitsOf(metric);
  if (takesScores && outcomes.scores === undefined) return kindsOfClassScores(outcomes);
  if (needs === 'score') return kindsOfScores([outcomes.scores]);
  const { of } = metricParts(metric);
  if (needs === 'scores') return kindsOfScores(of === undefined ? Object.values(outcomes.classScores ?? {}) : [outcomes.classScores?.[of]]);
  const totals = weighsClasses(metric) ? classTotalsOf(outcomes) : undefined;
  return totals && [total(totals.actual) - Math.max(...totals.actual)];
}

/** Those that are not of the commonest class; of what no score names there is one class. */
function kindsOfClassScores({ classScores = {}, classLosses }: OutcomeCounts): number[] {
  const came = Object.values(classScores).map(({ positives }) => total(positives));
  const rows = classLosses?.rows ?? 0;
  return [rows - Math.max(0, rows - total(came), ...came)];
}

/** The fewest of any. */
function kindsOfScores(scores: readonly (ScoreCounts | undefined)[]): number[] {
  const fewest = (kind: 'positives' | 'negatives') => Math.min(...scores.map((counts) => total(counts?.[kind] ?? [])));
  return scores.length === 0 ? [0, 0] : [fewest('positives'), fewest('negatives')];
}

function weighsClasses(metric: MetricName): boolean {
  return traitsOf(metric).task === 'classification' && metric !== 'accuracy';
}
