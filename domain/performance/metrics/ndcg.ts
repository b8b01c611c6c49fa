import { type RankedItem, tiesOf } from './ranked-item.ts';

/**
 * Normalised discounted cumulative gain of the first `at` places of one query: what the order gains, over what the best order would.
 *
 * An item gains its relevance (linear; for an exponential gain hand in 2^relevance - 1), discounted by log2(place + 1). Items of one score
 * share the places they hold: each gains the mean of them, whatever their order. The best order has no ties.
 *
 * @returns 0…1; undefined under two items, which have no order, and without a relevant one
 *
 * Cost O(items log items). Source: Järvelin & Kekäläinen, 2002; ties: McSherry & Najork, 2008; as scikit-learn's `ndcg_score`.
 */
export function ndcg(items: readonly RankedItem[], at: number): number | undefined {
  const best = gainOf(
    items.map(({ relevance }) => ({ items: 1, relevance })).sort((one, other) => other.relevance - one.relevance),
    at,
  );
  return items.length < 2 || best <= 0 ? undefined : Math.min(1, gainOf(tiesOf(items), at) / best);
}

function gainOf(ties: readonly { readonly items: number; readonly relevance: number }[], at: number): number {
  let place = 0;
  let gain = 0;
  for (const { items, relevance } of ties) {
    let discounts = 0;
    for (const end = place + items; place < end; place++) discounts += place < at ? 1 / Math.log2(place + 2) : 0;
    gain += (relevance / items) * discounts;
  }
  return gain;
}
