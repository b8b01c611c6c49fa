import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDuckdbCounting } from '../../../adapters/counting/duckdb/counting.ts';
import { createFileStore } from '../../../adapters/store/file/file-store.ts';
import { cutGrid } from '../../../domain/grid/cut-grid.ts';
import type { ModelName } from '../../../domain/identity/names.ts';
import type { Partition } from '../../../domain/ledger/entry.ts';
import { mergePartitions } from '../../../domain/ledger/merge-partitions.ts';
import type { RowMapping } from '../../../domain/ledger/row-mapping.ts';
import { gatewayPredictions, lines, segmentOf } from './rows.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anchorwatch-columns-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const number = (name: string) => ({ name, role: 'feature', kind: 'numeric', values: [0, 1, 2, 3] }) as const;
const grid = cutGrid('any' as ModelName, [number('temp'), number('hum'), { ...number('said'), role: 'prediction' }]);
const flat: RowMapping = { layout: 'flat', id: ['id'], time: 'day', prediction: 'said', ignored: ['note'] };

async function count(name: string, text: string, mapping: RowMapping): Promise<readonly Partition[]> {
  const counting = createDuckdbCounting({ store: createFileStore(join(folder, 'store')), stateRoot: folder });
  return (await counting.count({ ...(await segmentOf(folder, name, text, mapping)), grid, before: [] })).partitions;
}
const columnsOf = (partitions: readonly Partition[]) =>
  partitions.map(({ day, missingColumns, newColumns }) => ({ day, missingColumns, newColumns }));

describe('given a table', () => {
  it('when it lacks a column of the grid and has another, then both are counted by its rows, and what is ignored or no feature is not', async () => {
    const text = 'id,day,said,note,temp,wind\n1,2024-01-01,1,a,2,3\n2,2024-01-01,1,a,2,3\n3,2024-01-02,1,a,2,3';
    expect(columnsOf(await count('other.csv', text, flat))).toEqual([
      { day: '2024-01-01', missingColumns: { hum: 2 }, newColumns: { wind: 2 } },
      { day: '2024-01-02', missingColumns: { hum: 1 }, newColumns: { wind: 1 } },
    ]);
  });

  it('when its columns are those of the grid, then nothing is kept of them, and its sum with another says of the other', async () => {
    const same = await count('same.csv', 'id,day,said,temp,hum\n4,2024-01-01,1,2,3', flat);
    expect(same[0]).not.toHaveProperty('missingColumns');
    expect(same[0]).not.toHaveProperty('newColumns');
    const other = await count('less.csv', 'id,day,said,hum\n5,2024-01-01,1,2\n6,2024-01-01,1,2', flat);
    expect(columnsOf(mergePartitions([...same, ...other, ...other]))).toEqual([{ day: '2024-01-01', missingColumns: { temp: 4 } }]);
  });
});

describe('given lines of JSON', () => {
  const record = (id: number, features: object) => ({
    id: String(id),
    time: '2024-01-01T10:00:00Z',
    version: '1',
    prediction: 1,
    status: 200,
    features,
  });

  it('when some line has a column it is there, be it null; when none has it, it is missing', async () => {
    const text = lines([record(1, { temp: null }), record(2, {}), record(3, { wind: 1 })]);
    expect(columnsOf(await count('log.ndjson', text, gatewayPredictions))).toEqual([
      { day: '2024-01-01', missingColumns: { hum: 3 }, newColumns: { wind: 3 } },
    ]);
  });

  it('when it has names without end, then the first hundred by name are kept', async () => {
    const features = Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`c${1000 + at}`, 1]));
    const [partition] = await count('wide.ndjson', lines([record(4, features)]), gatewayPredictions);
    expect(Object.keys(partition?.newColumns ?? {})).toHaveLength(100);
    expect(partition?.newColumns).toMatchObject({ c1000: 1, c1099: 1 });
  });
});
