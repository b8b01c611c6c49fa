import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDuckdbCounting } from '../../../adapters/counting/duckdb/counting.ts';
import { createFileStore } from '../../../adapters/store/file/file-store.ts';
import { cutGrid } from '../../../domain/grid/cut-grid.ts';
import { canonicalJson } from '../../../domain/identity/canonical-json.ts';
import type { ModelName, Version } from '../../../domain/identity/names.ts';
import type { Counting, SegmentRows } from '../../../domain/ledger/counting.port.ts';
import { mergePartitions } from '../../../domain/ledger/merge-partitions.ts';
import { gatewayOutcomes, gatewayPredictions, lines, segmentOf } from './rows.ts';

const grid = cutGrid(
  'shop' as ModelName,
  [{ name: 'prediction', role: 'prediction', kind: 'numeric', values: [1, 2, 3] }],
  [{ by: 'values', name: 'plan', column: 'plan', values: ['pro'] }],
  { ranking: { query: ['user', 'page'], at: 10 } },
);

let folder: string;
let counting: Counting;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anchorwatch-rankings-'));
  counting = createDuckdbCounting({ store: createFileStore(join(folder, 'store')), stateRoot: folder });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

let files = 0;
const predictionsOf = async (items: readonly (readonly [id: string, features: object, prediction: number])[]) => {
  const records = items.map(([id, features, prediction]) => ({
    id,
    time: '2024-05-01T10:00:00Z',
    version: '1',
    features,
    prediction,
    status: 200,
  }));
  const mapping = { ...gatewayPredictions, ignored: ['user', 'page'] };
  return segmentOf(folder, `p${files++}.ndjson`, lines(records), mapping);
};
const outcomesOf = (labels: Readonly<Record<string, unknown>>) => {
  const records = Object.entries(labels).map(([id, label]) => ({ id, label }));
  return segmentOf(folder, `o${files++}.ndjson`, lines(records), gatewayOutcomes, { holds: 'outcomes' });
};
const countAll = async (segments: readonly SegmentRows[]) => {
  const counted = [];
  for (const [place, rows] of segments.entries()) counted.push(await counting.count({ ...rows, grid, before: segments.slice(0, place) }));
  return { days: mergePartitions(counted.flatMap(({ partitions }) => partitions)), anomalies: counted.map(({ anomalies }) => anomalies) };
};

const items = [
  ['a', { user: 'ann', page: 1, plan: 'pro' }, 3],
  ['b', { user: 'ann', page: 1, plan: 'free' }, 2],
  ['c', { user: 'ann', page: 1, plan: 'free' }, 1],
  ['d', { user: 'ann', page: 2, plan: 'free' }, 1],
  ['e', { user: 'ann', plan: 'pro' }, 1],
] as const;

describe('items of queries from a gateway', () => {
  it('given numbers and texts that name queries, when they are counted, then items of one page are one query, in the slice of its first item', async () => {
    const { days, anomalies } = await countAll([await predictionsOf(items), await outcomesOf({ a: 0, b: 1, c: 0, d: 1, e: 1 })]);
    expect(days).toHaveLength(1);
    const second = 1 / Math.log2(3);
    expect(days[0]?.outcomes).toMatchObject({
      matched: 5,
      queries: {
        labelled: 2,
        ordered: 1,
        ndcg: String(Math.round(second * 2 ** 20)),
        relevant: 2,
        averagePrecision: String(1.5 * 2 ** 20),
      },
    });
    expect(days[0]?.slices?.['plan=pro']?.outcomes).toMatchObject({ matched: 2, queries: { labelled: 1, ordered: 1 } });
    expect(days[0]).not.toHaveProperty('errors');
    expect(anomalies[0]).toEqual({ 'missing-query': 1 });
  });

  it('given labels that are no relevance, when they come, then they are anomalies and the items have none', async () => {
    const { days, anomalies } = await countAll([await predictionsOf(items), await outcomesOf({ a: 1, b: -1, c: 'much' })]);
    expect(anomalies[1]).toEqual({ 'wrong-type': 2 });
    expect(days[0]?.outcomes).toMatchObject({ matched: 1, queries: { labelled: 1, ordered: 0, relevant: 1 } });
  });

  it('given held-out rows with their labels, when they are counted, then their queries are those of predictions and outcomes', async () => {
    const header = 'id,time,user,page,plan,prediction,label';
    const text = items.map(([id, features, said], place) => {
      const { user, plan, page = '' } = { page: undefined, ...features };
      return `${id},2024-05-01T10:00:00Z,${user},${page},${plan},${said},${place % 2}`;
    });
    const mapping = {
      layout: 'flat',
      id: ['id'],
      time: 'time',
      prediction: 'prediction',
      label: 'label',
      ignored: ['user', 'page'],
    } as const;
    const more = { holds: 'held-out', version: '1' as Version } as const;
    const heldOut = await segmentOf(folder, 'held-out.csv', [header, ...text].join('\n'), mapping, more);
    const labels = Object.fromEntries(items.map(([id], place) => [id, place % 2]));
    const joined = await countAll([await predictionsOf(items), await outcomesOf(labels)]);
    const alone = await countAll([heldOut]);
    const told = (days: typeof joined.days) =>
      canonicalJson(days.map(({ day, outcomes, slices }) => [day, outcomes, slices?.['plan=pro']?.outcomes]));
    expect(told(alone.days)).toBe(told(joined.days));
    expect(alone.days[0]).not.toHaveProperty('errors');
  });
});
