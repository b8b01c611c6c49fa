import { cutNumeric } from '../grid/cut-numeric.ts';
import { classSums } from '../ledger/class-sum.ts';
import type { OutcomeCounts } from '../ledger/entry.ts';
import { largestFixedPoint } from '../ledger/fixed-point.ts';
import { isRelevance } from '../ledger/is-relevance.ts';
import type { Answer, OutcomeSum } from '../ledger/outcome-sum.ts';
import { quantitySums } from '../ledger/quantity-sum.ts';
import { QuerySum } from '../ledger/query-sum.ts';
import type { RankedItem } from '../performance/metrics/ranked-item.ts';
import type { OutcomeScale } from '../performance/outcome-scale.ts';
import { traitsOf } from '../policy/metric-traits.ts';
import type { MetricName } from '../policy/policy.ts';
import { standard } from '../policy/standard.ts';
import { asNumber, className } from './answer.ts';
import type { GatedTask } from './gated-task.ts';
import type { ScoredRow } from './scored-row.ts';

/** Rows counted as the ledger counts them, so that a metric means the same at the gate as in a report. */
export interface CountedRows {
  /** One for each group of rows handed in, in its order. */
  readonly counts: readonly OutcomeCounts[];
  readonly scale: OutcomeScale;
}

/**
 * Counts groups of usable rows on one scale, made for these rows: every class has a place, every query is one unit, quantities are rounded to a two-millionth of
 * their range, scores of one of about two thousand cells of equal mass are ties.
 *
 * Cost O(rows log rows).
 */
export function countRows(metric: MetricName, groups: readonly (readonly ScoredRow[])[], task: GatedTask = {}): CountedRows {
  switch (traitsOf(metric).task) {
    case 'regression':
      return countQuantities(groups);
    case 'ranking':
      return countQueries(groups, task.at ?? standard.ranking.at);
    default:
      return countClasses(groups, task.positive);
  }
}

function countQuantities(groups: readonly (readonly ScoredRow[])[]): CountedRows {
  const pairs = groups.map((rows) => rows.map(({ prediction, label }): Pair => [numberOf(prediction), numberOf(label), undefined]));
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const [said, was] of pairs.flat())
    [low, high] = [Math.min(low, Number(said), Number(was)), Math.max(high, Number(said), Number(was))];
  const unit = (high - low) / largestFixedPoint || 1;
  return { counts: summed(quantitySums({ centre: low / 2 + high / 2, unit }), pairs), scale: { unit, classes: [] } };
}

/** Rows of a query in one group are that query. */
function countQueries(groups: readonly (readonly ScoredRow[])[], at: number): CountedRows {
  const counts = groups.map((rows): OutcomeCounts => {
    const queries = new Map<string, RankedItem[]>();
    for (const { query, prediction, label } of rows) {
      const relevance = numberOf(label);
      if (query === undefined || !isRelevance(relevance)) continue;
      queries.set(query, [...(queries.get(query) ?? []), { score: numberOf(prediction), relevance }]);
    }
    const sum = new QuerySum(at);
    for (const items of queries.values()) sum.add(items, 1);
    return { matched: rows.length, queries: sum.counts() };
  });
  return { counts, scale: { unit: 1, classes: [] } };
}

function countClasses(groups: readonly (readonly ScoredRow[])[], positive?: string): CountedRows {
  const pairs = groups.map((rows) => rows.map(({ prediction, label, score }): Pair => [nameOf(prediction), nameOf(label), score]));
  const names = new Set<string>();
  const scores: number[] = [];
  for (const [said, was, score] of pairs.flat()) {
    names.add(String(said)).add(String(was));
    if (score !== undefined) scores.push(score);
  }
  const classes = [...names].sort();
  const isScored = positive !== undefined && scores.length > 0;
  const scored = isScored
    ? { positive, edges: cutNumeric({ name: 'score', role: 'score', kind: 'numeric', values: scores }).edges }
    : undefined;
  return { counts: summed(classSums(classes, scored), pairs), scale: { unit: 1, classes, ...(positive !== undefined && { positive }) } };
}

type Pair = readonly [prediction: Answer, label: Answer, score: number | undefined];

function summed(make: () => OutcomeSum, groups: readonly (readonly Pair[])[]): OutcomeCounts[] {
  return groups.map((rows) => {
    const sum = make();
    for (const [prediction, label, score] of rows) sum.add(prediction, label, 1, score);
    return sum.counts();
  });
}

function numberOf(value: ScoredRow['label']): number {
  return asNumber(value ?? '');
}

function nameOf(value: ScoredRow['label']): string {
  return className(value ?? '');
}
