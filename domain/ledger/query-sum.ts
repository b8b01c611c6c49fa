import { averagePrecisionOfQuery } from '../performance/metrics/average-precision-of-query.ts';
import { ndcg } from '../performance/metrics/ndcg.ts';
import type { RankedItem } from '../performance/metrics/ranked-item.ts';
import type { QueryCounts } from './entry.ts';
import { ExactSum } from './exact-sum.ts';
import { inParts } from './parts.ts';

/**
 * Adds up the metrics of queries, each rounded to 2^-20. A query is one unit: when more of it becomes known, what it was is taken back and
 * what it is now is added.
 */
export class QuerySum {
  readonly #at: number;
  #labelled = 0;
  #ordered = 0;
  #relevant = 0;
  readonly #sums = { ndcg: new ExactSum(), ndcgSquared: new ExactSum(), precision: new ExactSum(), precisionSquared: new ExactSum() };

  /** @param at how many places from the top nDCG looks at */
  constructor(at: number) {
    this.#at = at;
  }

  /** @param items of one query, those whose label is known; without any it counts for nothing */
  add(items: readonly RankedItem[], sign: 1 | -1): void {
    if (items.length === 0) return;
    const { ndcg: gain, ndcgSquared, precision, precisionSquared } = this.#sums;
    const [ordered, precise] = [ndcg(items, this.#at), averagePrecisionOfQuery(items)];
    this.#labelled += sign;
    if (ordered !== undefined) {
      this.#ordered += sign;
      gain.add(sign * inParts(ordered));
      ndcgSquared.add(sign * inParts(ordered) ** 2);
    }
    if (precise === undefined) return;
    this.#relevant += sign;
    precision.add(sign * inParts(precise));
    precisionSquared.add(sign * inParts(precise) ** 2);
  }

  counts(): QueryCounts {
    return {
      labelled: this.#labelled,
      ordered: this.#ordered,
      ndcg: this.#sums.ndcg.text(),
      ndcgSquared: this.#sums.ndcgSquared.text(),
      relevant: this.#relevant,
      averagePrecision: this.#sums.precision.text(),
      averagePrecisionSquared: this.#sums.precisionSquared.text(),
    };
  }
}
