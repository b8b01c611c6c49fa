import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDuckdbCounting } from '../../adapters/counting/duckdb/counting.ts';
import { createFileStore } from '../../adapters/store/file/file-store.ts';
import { cutGrid } from '../../domain/grid/cut-grid.ts';
import { canonicalJson } from '../../domain/identity/canonical-json.ts';
import type { ModelName, Version } from '../../domain/identity/names.ts';
import type { Counting, SegmentRows } from '../../domain/ledger/counting.port.ts';
import type { OutcomeCounts, Partition, SliceCounts } from '../../domain/ledger/entry.ts';
import { labelledOutcomes } from '../../domain/ledger/labelled-outcomes.ts';
import { mergePartitions } from '../../domain/ledger/merge-partitions.ts';
import { QueryChanges, type QueryItem } from '../../domain/ledger/query-changes.ts';
import type { RowMapping } from '../../domain/ledger/row-mapping.ts';
import { averagePrecisionOfQuery } from '../../domain/performance/metrics/average-precision-of-query.ts';
import { ndcg } from '../../domain/performance/metrics/ndcg.ts';
import { segmentOf } from '../adapters/counting/rows.ts';

const made: RowMapping = {
  layout: 'flat',
  id: ['id'],
  time: 'time',
  version: 'v',
  prediction: 'p',
  ignored: ['user', 'night'],
};
const known: RowMapping = { layout: 'flat', id: ['id'], label: 'label', ignored: [] };

const item = fc.record({
  day: fc.integer({ min: 1, max: 3 }),
  version: fc.constantFrom('1', '2'),
  /** None: an item of no query. */
  user: fc.constantFrom('ann', 'bob', ''),
  plan: fc.constantFrom('free', 'pro'),
  score: fc.constantFrom(0.1, 0.5, 0.9),
  /** In the order in which they become known; none is absence, below zero is no relevance. */
  labels: fc.array(fc.constantFrom(0, 1, 2.5, -1), { maxLength: 2 }),
  madeIn: fc.nat(2),
  /** Predicted once more in the next turn, by another name: the first prediction counts. */
  isRepeated: fc.boolean(),
  knownIn: fc.nat(3),
});
type Item = typeof item extends fc.Arbitrary<infer I> ? I : never;
const items = fc.array(item, { minLength: 1, maxLength: 14 });

const ranking = { query: ['user', 'night'], at: 3 };
const dimensions = [{ name: 'plan', by: 'values', column: 'plan', values: ['free', 'pro'] }] as const;
const grid = cutGrid('shop' as ModelName, [{ name: 'p', role: 'prediction', kind: 'numeric', values: [0.1, 0.5, 0.9] }], dimensions, {
  ranking,
});

let folder: string;
let counting: Counting;
let files = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anchorwatch-queries-'));
  counting = createDuckdbCounting({ store: createFileStore(join(folder, 'store')), stateRoot: folder });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function segment(holds: 'predictions' | 'outcomes', lines: readonly string[], absent?: number): Promise<SegmentRows> {
  const [header, mapping] = holds === 'predictions' ? ['id,time,v,user,night,plan,p', made] : ['id,label', known];
  const rows = await segmentOf(folder, `${++files}.csv`, [header, ...lines].join('\n'), mapping, { holds });
  return { ...rows, ...(absent !== undefined && { absent }) };
}

const line = ({ day, version, user, plan, score }: Item, id: number) => `i${id},2024-03-0${day},${version},${user},x,${plan},${score}`;

/** In turns: some outcomes, then some predictions, so that outcomes come before, between and after what they belong to. */
async function count(all: readonly Item[], absent?: number): Promise<Partition[]> {
  const before: SegmentRows[] = [];
  const partitions: Partition[] = [];
  const next = async (holds: 'predictions' | 'outcomes', lines: readonly string[]) => {
    if (lines.length === 0) return;
    const rows = await segment(holds, lines, absent);
    partitions.push(...(await counting.count({ ...rows, grid, before })).partitions);
    before.push(rows);
  };
  for (let turn = 0; turn < 5; turn++) {
    const labels = all.flatMap(({ labels, knownIn }, id) => (labels[turn - knownIn] === undefined ? [] : [[id, labels[turn - knownIn]]]));
    await next(
      'outcomes',
      labels.map(([id, label]) => `i${id},${label}`),
    );
    await next(
      'predictions',
      all.flatMap((one, id) => {
        if (one.madeIn === turn) return [line(one, id)];
        return one.isRepeated && one.madeIn === turn - 1
          ? [line({ ...one, user: one.user === 'ann' ? 'bob' : 'ann', score: 0.9 }, id)]
          : [];
      }),
    );
  }
  return mergePartitions(partitions);
}

const atOnce = (all: readonly Item[]) =>
  all.map((one) => ({ ...one, isRepeated: false, madeIn: 0, knownIn: 1, labels: one.labels.slice(-1) }));

/** What was counted and taken back is as if it had never been. */
function told(outcomes: OutcomeCounts | undefined): unknown {
  const { matched = 0, queries } = outcomes ?? {};
  return { matched, queries: queries?.labelled ? queries : 'none' };
}

function toldOf(days: readonly Partition[], of: (counts: SliceCounts) => OutcomeCounts | undefined): string {
  return canonicalJson(
    days.map((day) => [
      day.day,
      day.version,
      told(of(day)),
      ...['plan=free', 'plan=pro'].map((name) => told(day.slices?.[name] && of(day.slices[name]))),
    ]),
  );
}

describe('queries of items', () => {
  it('sum to the same, byte for byte, in whatever order and parts items, labels and corrections become known', () =>
    fc.assert(
      fc.asyncProperty(items, async (all) => {
        const outcomesOf = (days: readonly Partition[]) => toldOf(days, ({ outcomes }) => outcomes);
        expect(outcomesOf(await count(all))).toBe(outcomesOf(await count(atOnce(all))));
      }),
      { numRuns: 8 },
    ));

  it('whose absence means a label are counted as if the absent ones had come', () =>
    fc.assert(
      fc.asyncProperty(items, async (all) => {
        const explicit = await count(atOnce(all).map((one) => (one.labels.length === 0 ? { ...one, labels: [0] } : one)));
        const presumed = await count(all, 0);
        const whole = (counts: SliceCounts) => labelledOutcomes(counts as Partition);
        expect(toldOf(presumed, whole)).toBe(toldOf(explicit, whole));
        expect(toldOf(presumed, ({ outcomes }) => outcomes)).toBe(toldOf(await count(atOnce(all)), ({ outcomes }) => outcomes));
      }),
      { numRuns: 6 },
    ));

  it('sum to the metrics of each version and name, where its first item is', () =>
    fc.assert(
      fc.asyncProperty(items, async (all) => {
        const days = await count(all);
        const sums = (of: (queries: NonNullable<OutcomeCounts['queries']>) => number) =>
          days.reduce((sum, { outcomes }) => sum + (outcomes?.queries ? of(outcomes.queries) : 0), 0);
        const names = [...new Set(all.filter(({ user }) => user !== '').map(({ version, user }) => `${version} ${user}`))];
        const queries = names.map((name) =>
          all
            .filter(({ version, user }) => `${version} ${user}` === name)
            .flatMap(({ score, labels }) => ((labels.at(-1) ?? -1) >= 0 ? [{ score, relevance: labels.at(-1) as number }] : [])),
        );
        const gains = queries.flatMap((query) => ndcg(query, ranking.at) ?? []);
        const precisions = queries.flatMap((query) => averagePrecisionOfQuery(query) ?? []);
        const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
        expect(sums(({ labelled }) => labelled)).toBe(queries.filter(({ length }) => length > 0).length);
        expect(sums(({ ordered }) => ordered)).toBe(gains.length);
        expect(sums((counts) => Number(counts.ndcg)) / 2 ** 20).toBeCloseTo(total(gains), 5);
        expect(sums((counts) => Number(counts.averagePrecision)) / 2 ** 20).toBeCloseTo(total(precisions), 5);
        const homes = names
          .map((name) => all.filter(({ version, user }) => `${version} ${user}` === name))
          .map((one) => Math.min(...one.map(({ day }) => day)));
        const held = days.filter(({ outcomes }) => (outcomes?.queries?.labelled ?? 0) > 0).map(({ day }) => Number(day.slice(-1)));
        expect(held.every((day) => homes.includes(day))).toBe(true);
      }),
      { numRuns: 6 },
    ));
});

/** What one segment says: items it brings, and labels. */
interface Told {
  readonly made: readonly QueryItem[];
  readonly known: Readonly<Record<string, number>>;
}

/** Every segment changes the one query there is, as the adapter hands it over. */
function changed(segments: readonly Told[], absent?: number): Partition[] {
  const partitions: Partition[] = [];
  let [held, labels] = [[] as readonly QueryItem[], {} as Readonly<Record<string, number>>];
  for (const { made, known } of segments) {
    const changes = new QueryChanges(grid, absent);
    const now = { ...labels, ...known };
    const brought = made.map((one) => ({ ...one, isNew: true }));
    const items = [...held.map((one) => ({ ...one, isNew: false })), ...brought];
    if (items.length > 0) changes.add(items.map((one) => ({ ...one, former: labels[one.id], label: now[one.id] })));
    partitions.push(...changes.partitions());
    [held, labels] = [items, now];
  }
  return mergePartitions(partitions);
}

const labelOf = fc.option(fc.constantFrom(0, 1, 3), { nil: undefined });
const dealt = fc.array(
  fc.record({
    day: fc.constantFrom('2024-03-01', '2024-03-02'),
    leaf: fc.nat(2),
    score: fc.constantFrom(1, 2, 3),
    madeIn: fc.nat(3),
    knownIn: fc.nat(3),
    corrected: labelOf,
    label: labelOf,
  }),
  { minLength: 1, maxLength: 8 },
);

it.each([undefined, 0])('changes of a query sum to what it is in the end, by whatever segments, where absence means %s', (absent) =>
  fc.assert(
    fc.property(dealt, (rows) => {
      const item = (id: number): QueryItem => {
        const { day, leaf, score } = rows[id] as (typeof rows)[number];
        return { id: `i${id}`, day, leaf, score, version: '1' as Version, isNew: true, former: undefined, label: undefined };
      };
      const ids = [...rows.keys()];
      const labels = (of: (row: (typeof rows)[number]) => number | undefined) =>
        Object.fromEntries(rows.flatMap((row, id) => (of(row) === undefined ? [] : [[`i${id}`, of(row) as number]])));
      const piecemeal = [0, 1, 2, 3].flatMap((turn): Told[] => [
        { made: [], known: labels((row) => (row.knownIn === turn ? row.corrected : undefined)) },
        { made: ids.filter((id) => rows[id]?.madeIn === turn).map(item), known: {} },
      ]);
      const last = { made: [], known: labels(({ label }) => label) };
      const whole = { made: ids.map(item), known: labels(({ corrected, label }) => label ?? corrected) };
      const filled = { ...whole, known: { ...Object.fromEntries(ids.map((id) => [`i${id}`, absent ?? -1])), ...whole.known } };
      const days = ['2024-03-01', '2024-03-02'];
      const sums = (partitions: readonly Partition[], of: (counts: SliceCounts) => OutcomeCounts | undefined) =>
        days.map((day) => {
          const held = partitions.find((one) => one.day === day);
          const parts = [held, held?.slices?.['plan=free'], held?.slices?.['plan=pro']];
          return parts.map((counts) => told(counts && of(counts)));
        });
      const segments = changed([...piecemeal, last], absent);
      expect(sums(segments, ({ outcomes }) => outcomes)).toEqual(sums(changed([whole]), ({ outcomes }) => outcomes));
      expect(sums(segments, (counts) => labelledOutcomes(counts as Partition))).toEqual(
        sums(changed([filled]), ({ outcomes }) => outcomes),
      );
    }),
    { numRuns: 300 },
  ),
);
