import type { ColumnCounts } from './entry.ts';

const mostNamed = 10_000;
const buckets = 1024;
const longest = 80;

type Counted = Pick<ColumnCounts, 'newCategories' | 'newCategoryBuckets'>;

interface Ranked {
  readonly name: string;
  readonly hash: number;
}

/**
 * Counts names that have no cell: the ten thousand whose hash is smallest by name, all others by the bucket of their hash, rows and all. So
 * counts are exact, and those of parts add up to those of the whole however the rows were dealt out: a name that ten thousand smaller ones
 * put out of a part is put out of the whole by the same.
 *
 * Memory is bounded: names beyond twice as many are put out on the way, and told from then on by their hash alone.
 */
export class NewNames {
  readonly #names = new Map<string, number>();
  #buckets: Float64Array | undefined;
  /** The last that was kept when names were put out; none after it is one of the ten thousand. */
  #last: Ranked | undefined;

  get size(): number {
    return this.#names.size;
  }

  add(name: string, rows: number): void {
    const told = name.length <= longest ? name : shortened(name);
    const known = this.#names.get(told);
    if (known !== undefined) this.#names.set(told, known + rows);
    else this.#addNew(told, rows);
  }

  /** @param counted of another part */
  addAll({ newCategories = {}, newCategoryBuckets = [] }: Counted): void {
    for (const [name, rows] of Object.entries(newCategories)) this.add(name, rows);
    for (const [bucket, rows] of newCategoryBuckets.entries()) this.#addToBucket(bucket, rows);
  }

  counts(): Counted {
    if (this.#names.size > mostNamed) this.#putOut();
    const byName = [...this.#names].sort(([one], [other]) => (one < other ? -1 : 1));
    return {
      ...(byName.length > 0 && { newCategories: Object.fromEntries(byName) }),
      ...(this.#buckets && { newCategoryBuckets: [...this.#buckets] }),
    };
  }

  #addNew(name: string, rows: number): void {
    const hash = this.#last && hashOf(name);
    if (this.#last !== undefined && hash !== undefined && isAfter({ name, hash }, this.#last)) {
      this.#addToBucket(bucketOf(hash), rows);
      return;
    }
    this.#names.set(name, rows);
    if (this.#names.size === 2 * mostNamed) this.#putOut();
  }

  #putOut(): void {
    const ranked = [...this.#names.keys()].map((name) => ({ name, hash: hashOf(name) }));
    ranked.sort((one, other) => (isAfter(one, other) ? 1 : -1));
    this.#last = ranked[mostNamed - 1];
    for (const { name, hash } of ranked.slice(mostNamed)) {
      this.#addToBucket(bucketOf(hash), this.#names.get(name) as number);
      this.#names.delete(name);
    }
  }

  #addToBucket(bucket: number, rows: number): void {
    this.#buckets ??= new Float64Array(buckets);
    this.#buckets[bucket] = (this.#buckets[bucket] as number) + rows;
  }
}

/** New names of two parts of the rows, added up exactly. */
export function addNewNames(one: Counted, other: Counted): Counted {
  if (one.newCategories === undefined && other.newCategories === undefined) return {};
  const sum = new NewNames();
  sum.addAll(one);
  sum.addAll(other);
  return sum.counts();
}

function isAfter(one: Ranked, other: Ranked): boolean {
  return one.hash === other.hash ? one.name > other.name : one.hash > other.hash;
}

/** A name may be a whole letter: then its beginning, its length and its hash stand for it. */
function shortened(name: string): string {
  const ending = `… (${name.length} characters, ${hashOf(name).toString(16).padStart(8, '0')})`;
  return name.slice(0, longest - ending.length) + ending;
}

/** FNV-1a over UTF-16 units, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** Murmur3's last step, so that names of large hashes fill all buckets alike. */
function bucketOf(hash: number): number {
  let mixed = hash ^ (hash >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) & (buckets - 1);
}
