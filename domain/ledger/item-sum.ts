import type { OutcomeCounts } from './entry.ts';
import { isRelevance } from './is-relevance.ts';
import type { Answer, OutcomeSum } from './outcome-sum.ts';

/** Counts the items of queries that have a label; how they are ordered is summed by query, see {@link QuerySum}. */
export class ItemSum implements OutcomeSum {
  #rows = 0;

  add(_prediction: Answer, label: Answer, sign: 1 | -1): void {
    if (isRelevance(label)) this.#rows += sign;
  }

  counts(): OutcomeCounts {
    return { matched: this.#rows };
  }
}
