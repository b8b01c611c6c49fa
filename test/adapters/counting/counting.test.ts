import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDuckdbCounting } from '../../../adapters/counting/duckdb/counting.ts';
import { createFileStore } from '../../../adapters/store/file/file-store.ts';
import { cutGrid } from '../../../domain/grid/cut-grid.ts';
import type { Grid, NumericColumn } from '../../../domain/grid/grid.ts';
import { eventTime } from '../../../domain/identity/event-time.ts';
import type { ModelName, Version } from '../../../domain/identity/names.ts';
import { countOrphans } from '../../../domain/ledger/count-orphans.ts';
import type { Counted, Counting, SegmentRows } from '../../../domain/ledger/counting.port.ts';
import type { Entry, OutcomeCounts } from '../../../domain/ledger/entry.ts';
import { errorCellOf, errorCells } from '../../../domain/ledger/error-cells.ts';
import { mergePartitions } from '../../../domain/ledger/merge-partitions.ts';
import type { RowMapping } from '../../../domain/ledger/row-mapping.ts';
import { sharedData } from '../../shared-data.ts';
import { gatewayOutcomes, gatewayPredictions, lines, segmentOf } from './rows.ts';

const model = 'demand' as ModelName;
const grid: Grid = cutGrid(model, [
  { name: 'temp', role: 'feature', kind: 'numeric', values: [0, 10, 20, 30] },
  { name: 'sky', role: 'feature', kind: 'categorical', values: ['clear', 'rain'] },
  { name: 'prediction', role: 'prediction', kind: 'numeric', values: [0, 100] },
]);
const { centre, unit } = grid.columns.find(({ name }) => name === 'prediction') as NumericColumn;

let folder: string;
let counting: Counting;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anchorwatch-counting-'));
  counting = createDuckdbCounting({ store: createFileStore(join(folder, 'store')), stateRoot: folder });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const predicted = (id: string, prediction: number, more: object = {}) => ({
  id,
  time: '2011-04-30T10:00:00.000Z',
  version: '1',
  status: 200,
  features: { temp: 15, sky: 'clear' },
  prediction,
  ...more,
});
const predictions = (name: string, records: readonly unknown[]) => segmentOf(folder, `${name}.ndjson`, lines(records), gatewayPredictions);
const outcomes = (name: string, records: readonly unknown[]) =>
  segmentOf(folder, `${name}.ndjson`, lines(records), gatewayOutcomes, { holds: 'outcomes' });
const count = (rows: SegmentRows, before: readonly SegmentRows[] = []) => counting.count({ ...rows, grid, before });

describe('counting what the gateway recorded', () => {
  it('given records bad in every way, when they are counted, then each is counted by its kind and the rest is right', async () => {
    const segment = await predictions('bad', [
      predicted('a', 10),
      '{"id": "torn',
      '"text"',
      { ...predicted('b', 10), features: 7 },
      predicted('a', 11),
      predicted('c', 0, { id: null }),
      predicted('d', 0, { time: 'soon' }),
      predicted('e', 0, { status: 502, prediction: 5 }),
      predicted('f', 20, { features: { temp: '15', sky: 'fog' } }),
      predicted('g', 30, { features: { temp: null } }),
    ]);
    const counted = await count(segment);
    expect(counted.anomalies).toEqual({
      malformed: 3,
      duplicate: 1,
      'missing-id': 1,
      'missing-time': 1,
      'failed-request': 1,
      'wrong-type': 1,
    });
    const [partition] = counted.partitions;
    expect(counted.partitions).toHaveLength(1);
    expect(partition).toMatchObject({ day: '2011-04-30', version: '1', rows: 3 });
    expect(partition?.columns.temp).toMatchObject({ cells: [0, 0, 1, 0, 0], nulls: 1, typeErrors: 1, min: 15, max: 15 });
    expect(partition?.columns.sky).toMatchObject({ cells: [1, 0, 1], nulls: 1, newCategories: { fog: 1 } });
    expect(partition?.columns.prediction).toMatchObject({ cells: [0, 3, 0], min: 10, max: 30 });
  });

  it('given values beyond the outer edges, when they are counted, then the excess is exact', async () => {
    const { partitions } = await count(
      await predictions('beyond', [
        predicted('x', 1, { features: { temp: -4, sky: 'rain' } }),
        predicted('y', 1, { features: { temp: 37, sky: 'rain' } }),
      ]),
    );
    const temp = grid.columns.find(({ name }) => name === 'temp') as NumericColumn;
    expect(partitions[0]?.columns.temp).toMatchObject({
      cells: [1, 0, 0, 0, 1],
      lowExcess: String(Math.round(4 / temp.unit)),
      highExcess: String(Math.round(7 / temp.unit)),
    });
  });

  it('given the same segment, when it is counted twice, then the counts are the same', async () => {
    const segment = await predictions('twice', [predicted('p', 1), predicted('q', 2)]);
    expect(await count(segment)).toEqual(await count(segment));
  });

  it('given an id that an earlier segment predicted, when it comes again, then it is a duplicate and not counted', async () => {
    const first = await predictions('first', [predicted('again', 10)]);
    const second = await predictions('second', [predicted('again', 12), predicted('new', 12)]);
    const counted = await count(second, [first]);
    expect(counted.anomalies).toEqual({ duplicate: 1 });
    expect(counted.partitions[0]?.rows).toBe(1);
  });
});

describe('bringing predictions and outcomes together', () => {
  const errors = (counted: readonly Counted[]): OutcomeCounts | undefined =>
    mergePartitions(counted.flatMap(({ partitions }) => partitions))[0]?.outcomes;
  const expected = (pairs: readonly (readonly [number, number])[]) => {
    const scaled = pairs.map(([prediction, label]) => Math.round((prediction - label) / unit));
    const outcomes = pairs.map(([, label]) => Math.round((label - centre) / unit));
    const total = (values: number[]) => String(values.reduce((sum, value) => sum + BigInt(value), 0n));
    return {
      matched: pairs.length,
      absoluteError: total(scaled.map(Math.abs)),
      squaredError: total(scaled.map((error) => error ** 2)),
      signedError: total(scaled),
      quantities: {
        rows: pairs.length,
        outcome: total(outcomes),
        outcomeSquared: total(outcomes.map((outcome) => outcome ** 2)),
        nonZero: pairs.length,
        percentageError: total(pairs.map(([made, label]) => Math.round((Math.abs(made - label) / label) * 2 ** 20))),
        symmetricError: total(pairs.map(([made, label]) => Math.round((Math.abs(made - label) / (made + label)) * 2 ** 21))),
        errorCells: Array.from({ length: errorCells }, (_, cell) => scaled.filter((error) => errorCellOf(Math.abs(error)) === cell).length),
      },
    };
  };

  it('given outcomes known after the predictions, then the outcomes carry the errors', async () => {
    const made = await predictions('early', [predicted('1', 10), predicted('2', 20)]);
    const known = await outcomes('known', [
      { id: '1', label: 13 },
      { id: '2', label: 20 },
    ]);
    expect((await count(made)).partitions[0]?.outcomes).toBeUndefined();
    expect(errors([await count(known, [made])])).toEqual(
      expected([
        [10, 13],
        [20, 20],
      ]),
    );
  });

  it('given predictions known after their outcomes, then the predictions carry the errors, and the outcomes waited', async () => {
    const known = await outcomes('waiting', [
      { id: '3', label: 13 },
      { id: 'nobody', label: 1 },
    ]);
    const made = await predictions('latecomer', [predicted('3', 10)]);
    const [first, second] = [await count(known), await count(made, [known])];
    expect(first).toMatchObject({ partitions: [], waiting: 2 });
    expect(second.met).toEqual({ [known.segment.id]: 1 });
    expect(errors([first, second])).toEqual(expected([[10, 13]]));

    const entry = (segment: string, knownAt: string, counted: Counted) =>
      ({ ...counted, segment, knownAt: eventTime(knownAt) }) as unknown as Entry;
    const ledger = [entry(known.segment.id, '2011-05-01', first), entry(made.segment.id, '2011-05-03', second)];
    const span = (to: string) => ({ from: eventTime('2011-05-05'), to: eventTime(to) });
    expect(countOrphans(ledger, span('2011-05-12'), 12)).toBe(0);
    expect(countOrphans(ledger, span('2011-05-13'), 12)).toBe(1);
  });

  it('given an outcome that is corrected, and one that is repeated, then the sums are those of the last one', async () => {
    const made = await predictions('base', [predicted('5', 10), predicted('6', 10)]);
    const first = await outcomes('o1', [
      { id: '5', label: 30 },
      { id: '6', label: 11 },
    ]);
    const second = await outcomes('o2', [
      { id: '5', label: 12 },
      { id: '6', label: 11 },
    ]);
    const counted = [await count(made), await count(first, [made]), await count(second, [made, first])];
    expect(errors(counted)).toEqual(
      expected([
        [10, 12],
        [10, 11],
      ]),
    );
    expect(counted[2]?.anomalies).toEqual({ duplicate: 1 });
  });

  it('given a correction that arrives before the prediction, then the prediction meets the corrected outcome', async () => {
    const first = await outcomes('c1', [{ id: '7', label: 99 }]);
    const second = await outcomes('c2', [{ id: '7', label: 12 }]);
    const made = await predictions('c3', [predicted('7', 10)]);
    const counted = [await count(first), await count(second, [first]), await count(made, [first, second])];
    expect(errors(counted)).toEqual(expected([[10, 12]]));
    expect(counted[2]?.met).toEqual({ [first.segment.id]: 1 });
  });

  it('given outcomes without id or with a label of the wrong type, then they are counted by kind', async () => {
    const counted = await count(
      await outcomes('odd', [{ label: 1 }, { id: '8', label: 'many' }, { id: '9', label: 1 }, { id: '9', label: 2 }]),
    );
    expect(counted).toMatchObject({ anomalies: { 'missing-id': 1, 'wrong-type': 1, duplicate: 1 }, waiting: 1 });
  });
});

describe('counting files', () => {
  const flat: RowMapping = { layout: 'flat', id: ['id'], time: 'time', prediction: 'prediction', ignored: [] };

  it('given lines with too many or too few fields and text for a number, then each is counted by its kind', async () => {
    const text =
      'id,time,temp,sky,prediction\n1,2011-04-30 10:00,15,clear,10\n2,2011-04-30\n3,2011-04-30,warm,clear,11\n4,2011-05-01,16,clear,12,13\n';
    const counted = await count(await segmentOf(folder, 'bad.csv', text, flat));
    expect(counted.anomalies).toEqual({ malformed: 2, 'wrong-type': 1 });
    expect(counted.partitions.map(({ day, version, rows }) => [day, version, rows])).toEqual([['2011-04-30', 'unversioned', 2]]);
  });

  it('given a torn Parquet file, then the entry says so with name and remedy', async () => {
    const counted = await count(await segmentOf(folder, 'torn.parquet', 'PAR1 and no more of it PAR1', flat));
    expect(counted).toMatchObject({ rows: 0, partitions: [], anomalies: { malformed: 1 }, fault: { code: 'unreadable' } });
    expect(counted.fault?.says).toMatch(/torn\.parquet cannot be read: .*Write it again under a new name/s);
  });

  it('given a file without the column the policy names, then the entry says which and where to change it', async () => {
    const counted = await count(await segmentOf(folder, 'lacking.csv', 'id,when,prediction\n1,2011-04-30,3\n', flat));
    expect(counted.fault).toMatchObject({ code: 'column-missing' });
    expect(counted.fault?.says).toContain('has no column "time" (it has id, when, prediction)');
  });

  it('given a file without a feature, then the feature is null in every row', async () => {
    const counted = await count(await segmentOf(folder, 'no-sky.csv', 'id,time,temp,prediction\n1,2011-04-30,3,4\n', flat));
    expect(counted.partitions[0]?.columns.sky).toMatchObject({ cells: [0, 0, 0], nulls: 1 });
  });
});

const hours = sharedData('bike/hour.csv');

describe.skipIf(hours === undefined)('counting real hours from Parquet (skipped without the shared data)', () => {
  it('given a quarter of a year, then cells, nulls and sums equal a plain count in a loop', async () => {
    const path = join(folder, 'hours.parquet');
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    await connection.run(`COPY (SELECT instant, dteday::TIMESTAMP AS time, temp, hum, CASE WHEN hr = 3 THEN NULL ELSE windspeed END AS wind,
      weathersit::VARCHAR AS sky, cnt::DOUBLE AS predicted, cnt + 7 AS label FROM read_csv('${hours}') WHERE dteday < '2011-04-01') TO '${path}' (FORMAT parquet)`);
    const rows = (await connection.runAndReadAll(`SELECT * FROM read_parquet('${path}')`)).getRowObjects();
    connection.closeSync();
    const mapping: RowMapping = { layout: 'flat', id: ['instant'], time: 'time', prediction: 'predicted', label: 'label', ignored: [] };
    const held = await segmentOf(folder, 'hours-copy.parquet', readFileSync(path), mapping, { holds: 'held-out', version: '4' as Version });
    const cut = cutGrid(model, await counting.sample({ rows: [held], declared: {} }));
    const counted = await counting.count({ ...held, grid: cut, before: [] });

    expect(counted.anomalies).toEqual({});
    expect(cut.columns.map(({ name, kind }) => [name, kind])).toEqual([
      ['hum', 'numeric'],
      ['predicted', 'numeric'],
      ['sky', 'categorical'],
      ['temp', 'numeric'],
      ['wind', 'numeric'],
    ]);
    for (const partition of counted.partitions) {
      const mine = rows.filter(({ time }) => String(time).startsWith(partition.day));
      expect(partition).toMatchObject({ version: '4', rows: mine.length });
      expect(partition.outcomes?.matched).toBe(mine.length);
      for (const column of cut.columns) {
        const cells = new Array(column.kind === 'numeric' ? column.edges.length + 1 : column.categories.length + 1).fill(0);
        let sum = 0n;
        for (const value of mine.map((row) => row[column.name]).filter((value) => value !== null)) {
          if (column.kind === 'categorical') cells[column.categories.indexOf(String(value))] += 1;
          else {
            cells[column.edges.filter((edge) => edge <= Number(value)).length] += 1;
            sum += BigInt(Math.round((Number(value) - column.centre) / column.unit));
          }
        }
        const counts = partition.columns[column.name];
        expect(counts?.cells).toEqual(cells);
        expect(counts?.nulls).toBe(mine.filter((row) => row[column.name] === null).length);
        if (column.kind === 'numeric') expect(counts?.sum).toBe(String(sum));
      }
    }
  });
});
