/** One item of a query. */
export interface RankedItem {
  /** Larger is higher up. */
  readonly score: number;
  /** How relevant it turned out to be, 0 or more. */
  readonly relevance: number;
}

/** Items of one score, which nothing puts in an order. */
export interface Tie {
  readonly items: number;
  readonly relevant: number;
  readonly relevance: number;
}

/** From the highest score down; the same for any order of the items, to the last bit. */
export function tiesOf(items: readonly RankedItem[]): Tie[] {
  const ties: { items: number; relevant: number; relevance: number }[] = [];
  let last: number | undefined;
  for (const { score, relevance } of items.toSorted((one, other) => other.score - one.score || other.relevance - one.relevance)) {
    if (score !== last) ties.push({ items: 0, relevant: 0, relevance: 0 });
    last = score;
    const tie = ties.at(-1) as (typeof ties)[number];
    tie.items++;
    tie.relevance += relevance;
    if (relevance > 0) tie.relevant++;
  }
  return ties;
}
