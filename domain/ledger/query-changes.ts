import type { Grid } from '../grid/grid.ts';
import type { Version } from '../identity/names.ts';
import type { RankedItem } from '../performance/metrics/ranked-item.ts';
import type { OutcomeCounts, Partition, SliceCounts } from './entry.ts';
import { isRelevance } from './is-relevance.ts';
import { addSlices } from './merge-partitions.ts';
import type { Answer } from './outcome-sum.ts';
import { QuerySum } from './query-sum.ts';
import { sumLeaves } from './sum-leaves.ts';

/** An item of a query, before and after a segment was known. */
export interface QueryItem {
  readonly id: string;
  /** Of its partition. */
  readonly day: string;
  readonly version: Version;
  readonly leaf: number;
  readonly score: number;
  /** The segment brought it. */
  readonly isNew: boolean;
  /** Its label before the segment and now; absent: none is known. */
  readonly former: number | undefined;
  readonly label: number | undefined;
}

type Kind = 'outcomes' | 'presumed';
type LeafSums = { [kind in Kind]?: QuerySum };

/**
 * Adds up what a segment changes of the queries it touches: what each was before is taken back, what it is now is added. So the sums of all
 * segments are those of all rows together, in whatever order and parts items and labels become known.
 *
 * A query is all items of one version under one name. It counts where its first item does, by day and then id; an earlier one that comes later
 * moves it. Only items with a label count. Where absence means a label, `presumed` holds what the query is with it, less what it is without.
 */
export class QueryChanges {
  readonly #ranking: NonNullable<Grid['ranking']>;
  readonly #dimensions: NonNullable<Grid['dimensions']>;
  readonly #absent: number | undefined;
  readonly #sums = new Map<string, Map<number, LeafSums>>();

  /** @param absent label of items without an outcome; absent: they have none */
  constructor({ ranking, dimensions = [] }: Grid, absent: Answer | undefined) {
    if (ranking === undefined) throw new RangeError('queries are changed on the grid of a ranking');
    this.#ranking = ranking;
    this.#dimensions = dimensions;
    this.#absent = isRelevance(absent) ? absent : undefined;
  }

  /** @param items all of one query that are known, in any order */
  add(items: readonly QueryItem[]): void {
    if (items.every(({ isNew, former, label }) => !isNew && former === label)) return;
    const labelled = (one: readonly QueryItem[], of: 'former' | 'label') => one.map((item) => ({ item, label: item[of] }));
    this.#count(
      labelled(
        items.filter(({ isNew }) => !isNew),
        'former',
      ),
      -1,
    );
    this.#count(labelled(items, 'label'), 1);
  }

  partitions(): Partition[] {
    return [...this.#sums].map(([key, leaves]): Partition => {
      const counts = new Map([...leaves].map(([leaf, sums]) => [leaf, countsOf(sums)]));
      return {
        day: key.slice(0, key.indexOf(' ')),
        version: key.slice(key.indexOf(' ') + 1) as Version,
        ...[...counts.values()].reduce(addSlices),
        ...(this.#dimensions.length > 0 && { slices: sumLeaves(this.#dimensions, counts) }),
      };
    });
  }

  #count(items: readonly Labelled[], sign: 1 | -1): void {
    if (items.length === 0) return;
    const home = items.map(({ item }) => item).reduce((first, item) => (isBefore(item, first) ? item : first));
    const known = ranked(items, undefined);
    this.#sumOf(home, 'outcomes').add(known, sign);
    if (this.#absent === undefined) return;
    const presumed = this.#sumOf(home, 'presumed');
    presumed.add(ranked(items, this.#absent), sign);
    presumed.add(known, sign === 1 ? -1 : 1);
  }

  #sumOf({ day, version, leaf }: QueryItem, kind: Kind): QuerySum {
    const leaves = held(this.#sums, `${day} ${version}`, () => new Map<number, LeafSums>());
    const sums = held(leaves, leaf, (): LeafSums => ({}));
    sums[kind] ??= new QuerySum(this.#ranking.at);
    return sums[kind];
  }
}

interface Labelled {
  readonly item: QueryItem;
  readonly label: number | undefined;
}

function isBefore(one: QueryItem, other: QueryItem): boolean {
  return one.day === other.day ? one.id < other.id : one.day < other.day;
}

function ranked(items: readonly Labelled[], absent: number | undefined): RankedItem[] {
  return items.flatMap(({ item: { score }, label = absent }) => (isRelevance(label) ? [{ score, relevance: label }] : []));
}

function held<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const value = map.get(key) ?? make();
  map.set(key, value);
  return value;
}

/** Items are counted elsewhere. */
function countsOf({ outcomes, presumed }: LeafSums): SliceCounts {
  const counts = (sum: QuerySum): OutcomeCounts => ({ matched: 0, queries: sum.counts() });
  return {
    rows: 0,
    columns: {},
    ...(outcomes && { outcomes: counts(outcomes) }),
    ...(presumed && { presumed: counts(presumed) }),
  };
}
