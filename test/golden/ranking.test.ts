import { describe, expect, it } from 'vitest';
import { QuerySum } from '../../domain/ledger/query-sum.ts';
import { comparisonOf } from '../../domain/performance/comparison.ts';
import { averagePrecisionOfQuery } from '../../domain/performance/metrics/average-precision-of-query.ts';
import { ndcg } from '../../domain/performance/metrics/ndcg.ts';
import { scikitLearn } from './scikit-learn.ts';

type Query = (typeof scikitLearn.ranking)[number];

/** The vectors' nDCG has an exponential gain: ours is of the relevance itself, which is then that gain. */
const itemsOf = ({ relevance, score }: Query) =>
  relevance.map((grade, item) => ({ relevance: 2 ** grade - 1, score: score[item] as number }));
const expected = (value: number | null, digits: number) => (value === null ? undefined : expect.closeTo(value, digits));

describe('queries of scikit-learn', () => {
  it.each(scikitLearn.ranking.map((query, place) => [place, query] as const))('ndcg_score of query %i is equal', (_, query) => {
    expect(ndcg(itemsOf(query), 3)).toEqual(expected(query.ndcgAt3, 12));
    expect(ndcg(itemsOf(query), 10)).toEqual(expected(query.ndcgAt10, 12));
  });

  it.each(scikitLearn.ranking.map((query, place) => [place, query] as const))(
    'average_precision_score of query %i is equal',
    (_, query) => {
      expect(averagePrecisionOfQuery(itemsOf(query))).toEqual(expected(query.averagePrecision, 12));
    },
  );

  it.each([3, 10] as const)('sums at %i places give their means, to a millionth', (at) => {
    const sum = new QuerySum(at);
    for (const query of scikitLearn.ranking) sum.add(itemsOf(query), 1);
    const counts = { matched: 0, queries: sum.counts() };
    const scale = { unit: 1, classes: [] };
    expect(comparisonOf('ndcg', scale).metricOf([counts])).toBeCloseTo(mean(scikitLearn.ranking.map((query) => query[`ndcgAt${at}`])), 6);
    const precisions = scikitLearn.ranking.map(({ averagePrecision }) => averagePrecision);
    expect(comparisonOf('averagePrecision', scale).metricOf([counts])).toBeCloseTo(mean(precisions), 6);
    expect(counts.queries).toMatchObject({ labelled: 10, ordered: 7, relevant: 7 });
    expect(scikitLearn.ranking.some(({ isTied }) => isTied)).toBe(true);
  });
});

function mean(values: readonly (number | null)[]): number {
  const held = values.filter((value) => value !== null);
  return held.reduce((sum, value) => sum + value, 0) / held.length;
}
