import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDuckdbCounting } from '../../../adapters/counting/duckdb/counting.ts';
import { createFileStore } from '../../../adapters/store/file/file-store.ts';
import { cutGrid } from '../../../domain/grid/cut-grid.ts';
import { eventTime } from '../../../domain/identity/event-time.ts';
import type { ModelName } from '../../../domain/identity/names.ts';
import type { Counting, SegmentRows } from '../../../domain/ledger/counting.port.ts';
import type { Partition } from '../../../domain/ledger/entry.ts';
import { mergePartitions } from '../../../domain/ledger/merge-partitions.ts';
import { gatewayOutcomes, gatewayPredictions, lines, segmentOf } from './rows.ts';

const grid = cutGrid(
  'demand' as ModelName,
  [
    { name: 'temp', role: 'feature', kind: 'numeric', values: [0, 10, 20, 30] },
    { name: 'prediction', role: 'prediction', kind: 'numeric', values: [0, 100] },
  ],
  [
    { by: 'values', name: 'hour', column: 'hour', values: ['8', '17'] },
    { by: 'age', name: 'new', column: 'joined', below: 30 },
  ],
);

let folder: string;
let counting: Counting;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anchorwatch-segments-'));
  counting = createDuckdbCounting({ store: createFileStore(join(folder, 'store')), stateRoot: folder });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const count = (rows: SegmentRows, before: readonly SegmentRows[] = []) => counting.count({ ...rows, grid, before });
const predicted = (id: string, prediction: number, features: object) => ({
  id,
  time: '2011-04-30T10:00:00.000Z',
  version: '1',
  status: 200,
  features,
  prediction,
});
const rowsOf = (partitions: readonly Partition[]) =>
  Object.fromEntries(Object.entries(partitions[0]?.slices ?? {}).map(([name, slice]) => [name, slice.rows]));
const matchedOf = (partitions: readonly Partition[]) =>
  Object.fromEntries(Object.entries(partitions[0]?.slices ?? {}).map(([name, slice]) => [name, slice.outcomes?.matched]));

describe('rows of declared segments', () => {
  const records = [
    predicted('a', 10, { temp: 1, hour: 8, joined: '2011-04-29' }),
    predicted('b', 20, { temp: 2, hour: 8, joined: '2011-03-31T10:00:00Z' }),
    predicted('c', 30, { temp: 3, hour: 17, joined: '2011-03-31T10:00:01Z' }),
    predicted('d', 40, { temp: 4, hour: 12, joined: 'yesterday' }),
    predicted('e', 50, { temp: 5, joined: null }),
  ];

  it('given a number as a value and ages around the bound, when they are counted, then each row is in its slices alone', async () => {
    const counted = await count(await segmentOf(folder, 'p.ndjson', lines(records), gatewayPredictions));
    expect(rowsOf(counted.partitions)).toEqual({ 'hour=8': 2, 'hour=17': 1, new: 2 });
    expect(counted.partitions[0]?.slices?.['hour=8']?.columns.temp).toMatchObject({ nulls: 0, cells: [2, 0, 0, 0] });
    expect(counted.partitions[0]).toMatchObject({ rows: 5 });
  });

  it('given the same rows as Parquet with typed columns, when they are counted, then the slices are the same', async () => {
    const path = join(folder, 'typed.parquet');
    const connection = await (await DuckDBInstance.create()).connect();
    await connection.run(`COPY (SELECT * FROM (VALUES
      ('a', TIMESTAMP '2011-04-30 10:00', 10.0, 1.0, 8.0, TIMESTAMP '2011-04-29'),
      ('b', TIMESTAMP '2011-04-30 10:00', 20.0, 2.0, 8.0, TIMESTAMP '2011-03-31 10:00'),
      ('c', TIMESTAMP '2011-04-30 10:00', 30.0, 3.0, 17.0, TIMESTAMP '2011-03-31 10:00:01'),
      ('d', TIMESTAMP '2011-04-30 10:00', 40.0, 4.0, 12.0, NULL),
      ('e', TIMESTAMP '2011-04-30 10:00', 50.0, 5.0, NULL, NULL)) t(id, time, prediction, temp, hour, joined)) TO '${path}'`);
    const segment = { id: 'typed', holds: 'predictions', path, format: 'parquet', knownAt: eventTime('2011-05-01') } as const;
    const mapping = { layout: 'flat', id: ['id'], time: 'time', prediction: 'prediction', ignored: [] } as const;
    const counted = await count({ segment, mapping, answers: 'numeric' });
    expect(rowsOf(counted.partitions)).toEqual({ 'hour=8': 2, 'hour=17': 1, new: 2 });
  });

  it('given outcomes after and before their predictions, one of them corrected, when they are joined, then each slice has its own', async () => {
    const before = await segmentOf(folder, 'q.ndjson', lines(records.slice(0, 3)), gatewayPredictions);
    const labels = await segmentOf(folder, 'labels.ndjson', lines(['a', 'b', 'c', 'e'].map((id) => ({ id, label: 12 }))), gatewayOutcomes, {
      holds: 'outcomes',
    });
    const corrected = await segmentOf(folder, 'corrected.ndjson', lines([{ id: 'b', label: 21 }]), gatewayOutcomes, { holds: 'outcomes' });
    const after = await segmentOf(folder, 'r.ndjson', lines(records.slice(3)), gatewayPredictions);
    const outcomes = await count(labels, [before]);
    expect(matchedOf(outcomes.partitions)).toEqual({ 'hour=8': 2, 'hour=17': 1, new: 2 });
    const correction = await count(corrected, [before, labels]);
    expect(matchedOf(correction.partitions)).toEqual({ 'hour=8': 0 });
    const late = await count(after, [before, labels, corrected]);
    const [whole] = mergePartitions([...outcomes.partitions, ...correction.partitions, ...late.partitions]);
    expect(whole?.outcomes?.matched).toBe(4);
    expect(whole?.slices?.['hour=8']?.outcomes).toMatchObject({ matched: 2 });
    expect(Number(whole?.slices?.['hour=8']?.outcomes?.signedError)).toBeLessThan(0);
  });
});
