import { averagePrecision } from './average-precision.ts';
import { type RankedItem, tiesOf } from './ranked-item.ts';

/**
 * Average precision of one query: an item is relevant or not, whatever how much. Items of one score enter together.
 *
 * @returns 0…1; undefined without a relevant item
 *
 * Cost O(items log items). As scikit-learn's `average_precision_score` of the query's items.
 */
export function averagePrecisionOfQuery(items: readonly RankedItem[]): number | undefined {
  const ties = tiesOf(items).reverse();
  return averagePrecision({
    positives: ties.map(({ relevant }) => relevant),
    negatives: ties.map((tie) => tie.items - tie.relevant),
  });
}
