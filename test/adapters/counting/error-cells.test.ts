import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDuckdbCounting } from '../../../adapters/counting/duckdb/counting.ts';
import { createFileStore } from '../../../adapters/store/file/file-store.ts';
import { coarseColumn } from '../../../domain/grid/coarse-column.ts';
import { cutGrid } from '../../../domain/grid/cut-grid.ts';
import type { GridColumn, NumericColumn } from '../../../domain/grid/grid.ts';
import type { ModelName, Version } from '../../../domain/identity/names.ts';
import type { Counted, Counting, SegmentRows } from '../../../domain/ledger/counting.port.ts';
import type { ErrorCells } from '../../../domain/ledger/entry.ts';
import { mergePartitions } from '../../../domain/ledger/merge-partitions.ts';
import { gatewayOutcomes, gatewayPredictions, lines, segmentOf } from './rows.ts';

const grid = cutGrid('demand' as ModelName, [
  { name: 'temp', role: 'feature', kind: 'numeric', values: Array.from({ length: 200 }, (_, index) => index / 5) },
  { name: 'sky', role: 'feature', kind: 'categorical', values: ['clear', 'clear', 'rain'] },
  { name: 'prediction', role: 'prediction', kind: 'numeric', values: [0, 100] },
]);
const [prediction, sky, temp] = grid.columns as [NumericColumn, GridColumn, NumericColumn];

let folder: string;
let counting: Counting;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anchorwatch-errors-'));
  counting = createDuckdbCounting({ store: createFileStore(join(folder, 'store')), stateRoot: folder });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Row {
  readonly id: string;
  readonly temp: number | null;
  readonly sky: string | null;
  readonly said: number;
  readonly was: number;
}

let files = 0;
async function segmentOfRows(rows: readonly Row[]): Promise<SegmentRows> {
  const records = rows.map(({ id, said, ...features }) => ({
    id,
    time: '2011-04-30T10:00:00.000Z',
    version: '1',
    status: 200,
    features: { temp: features.temp, sky: features.sky },
    prediction: said,
  }));
  return { ...(await segmentOf(folder, `p${files++}.ndjson`, lines(records), gatewayPredictions)), awaitsOutcomes: true };
}

async function segmentOfOutcomes(rows: readonly Pick<Row, 'id' | 'was'>[]): Promise<SegmentRows> {
  const text = lines(rows.map(({ id, was }) => ({ id, label: was })));
  return { ...(await segmentOf(folder, `o${files++}.ndjson`, text, gatewayOutcomes, { holds: 'outcomes' })), awaitsOutcomes: true };
}

const count = (rows: SegmentRows, before: readonly SegmentRows[] = []) => counting.count({ ...rows, grid, before });
const errorsOf = (counted: readonly Counted[]) => mergePartitions(counted.flatMap(({ partitions }) => partitions))[0]?.errors;

/** The same, row by row in a loop. */
function plainErrors(column: GridColumn, read: (row: Row) => number | string | null, rows: readonly Row[]): ErrorCells {
  const coarse = coarseColumn(column);
  const cells = (coarse.kind === 'numeric' ? coarse.edges.length : coarse.categories.length) + 1;
  const cellOf = (value: number | string | null) => {
    if (value === null) return cells;
    if (coarse.kind === 'numeric') return coarse.edges.filter((edge) => edge <= Number(value)).length;
    return coarse.categories.includes(String(value)) ? coarse.categories.indexOf(String(value)) : coarse.categories.length;
  };
  const none = () => new Array<number>(cells + 1).fill(0);
  const sums = { rows: none(), loss: none(), signed: none(), predicted: none(), squared: none() };
  let squares = 0n;
  for (const row of rows) {
    const error = Math.round((row.said - row.was) / prediction.unit);
    const cell = cellOf(read(row));
    const said = Math.round((row.said - prediction.centre) / prediction.unit);
    const add = (to: number[], term: number) => {
      to[cell] = (to[cell] as number) + term;
    };
    add(sums.rows, 1);
    add(sums.loss, Math.abs(error));
    add(sums.signed, error);
    add(sums.predicted, said);
    add(sums.squared, error * error);
    squares += BigInt(said) ** 2n;
  }
  const { squared, ...others } = sums;
  const ofPredictions = column.role === 'prediction' && { squared: squared.map(String) };
  return { ...others, predictedSquares: String(squares), ...ofPredictions };
}

const plain = (rows: readonly Row[]) => ({
  prediction: plainErrors(prediction, ({ said }) => said, rows),
  sky: plainErrors(sky, (row) => row.sky, rows),
  temp: plainErrors(temp, (row) => row.temp, rows),
});

const rowsOf = (seed: number): Row[] =>
  fc
    .sample(
      fc.record({
        temp: fc.option(fc.integer({ min: -5, max: 45 }), { nil: null }),
        sky: fc.option(fc.constantFrom('clear', 'rain', 'fog'), { nil: null }),
        said: fc.integer({ min: 0, max: 100 }),
        was: fc.integer({ min: 0, max: 100 }),
      }),
      { numRuns: 60, seed },
    )
    .map((row, index) => ({ id: `${seed}-${index}`, ...row }));

describe('where errors lie', () => {
  it('given outcomes that come later, in two parts, when all are counted, then every row stands in its coarse cells as in a plain loop', async () => {
    const rows = rowsOf(1);
    const made = await segmentOfRows(rows);
    const [first, second] = [await segmentOfOutcomes(rows.slice(0, 25)), await segmentOfOutcomes(rows.slice(25))];
    const counted = [await count(made), await count(first, [made]), await count(second, [made, first])];
    expect(counted[0]?.partitions[0]?.errors).toBeUndefined();
    expect(errorsOf(counted)).toEqual(plain(rows));
  });

  it('given outcomes that waited for their predictions, when these are counted, then the cells are the same', async () => {
    const rows = rowsOf(2);
    const known = await segmentOfOutcomes(rows);
    const made = await segmentOfRows(rows);
    expect(errorsOf([await count(known), await count(made, [known])])).toEqual(plain(rows));
  });

  it('given outcomes that are corrected, when all are counted, then the former ones are taken back', async () => {
    const rows = rowsOf(3);
    const corrected = rows.map((row, index) => ({ ...row, was: index % 3 === 0 ? 100 - row.was : row.was }));
    const made = await segmentOfRows(rows);
    const [first, second] = [await segmentOfOutcomes(rows), await segmentOfOutcomes(corrected)];
    const counted = [await count(made), await count(first, [made]), await count(second, [made, first])];
    expect(errorsOf(counted)).toEqual(plain(corrected));
  });

  it('given predictions that are presumed right or wrong for want of an outcome, when one comes, then what was presumed is taken back', async () => {
    const rows = rowsOf(4);
    const presuming = async (segment: Promise<SegmentRows>): Promise<SegmentRows> => ({ ...(await segment), absent: 0 });
    const made = await presuming(segmentOfRows(rows));
    const told = await presuming(segmentOfOutcomes(rows.slice(0, 20)));
    const [whole] = mergePartitions([...(await count(made)).partitions, ...(await count(told, [made])).partitions]);
    expect(whole?.errors).toEqual(plain(rows.slice(0, 20)));
    expect(whole?.presumedErrors).toEqual(plain(rows.slice(20).map((row) => ({ ...row, was: 0 }))));
  });

  it('given texts and times, when outcomes come later, then errors lie by their lengths and ages, and none with rows without a value', async () => {
    const notes = cutGrid('demand' as ModelName, [
      { name: 'note', role: 'feature', kind: 'numeric', of: 'text', values: [2, 4, 6, 8] },
      { name: 'opened', role: 'feature', kind: 'numeric', of: 'time', values: [1, 2, 3, 4] },
      { name: 'prediction', role: 'prediction', kind: 'numeric', values: [0, 100] },
    ]);
    const records = [2, 4, 6, 8].map((length, row) => ({
      id: `n${row}`,
      time: '2011-04-30T00:00:00.000Z',
      version: '1',
      status: 200,
      features: { note: 'x'.repeat(length), opened: `2011-04-${29 - row}` },
      prediction: 10,
    }));
    const made: SegmentRows = { ...(await segmentOf(folder, 'notes.ndjson', lines(records), gatewayPredictions)), awaitsOutcomes: true };
    const known = await segmentOfOutcomes(records.map(({ id }, row) => ({ id, was: 10 + row })));
    const counted = await counting.count({ ...known, grid: notes, before: [made] });
    const rows = (name: string) => errorsOf([counted])?.[name]?.rows ?? [];
    for (const name of ['note', 'opened']) {
      expect(rows(name).at(-1)).toBe(0);
      expect(rows(name).filter((count) => count === 1)).toHaveLength(4);
    }
  });

  it('given a policy without outcomes, when predictions are counted, then no cells are kept for errors', async () => {
    const { awaitsOutcomes: _, ...made } = await segmentOfRows(rowsOf(5));
    expect((await count(made)).partitions[0]).not.toHaveProperty('errors');
  });

  it('given held-out rows with their outcomes, when they are counted, then their errors are as well', async () => {
    const rows = rowsOf(6);
    const text = [
      'id,time,temp,sky,prediction,label',
      ...rows.map(({ id, temp: t, sky: s, said, was }) => [id, '2011-04-30', t, s, said, was].join(',')),
    ];
    const mapping = { layout: 'flat', id: ['id'], time: 'time', prediction: 'prediction', label: 'label', ignored: [] } as const;
    const held = await segmentOf(folder, 'held.csv', text.join('\n'), mapping, { holds: 'held-out', version: '1' as Version });
    expect(errorsOf([await count(held)])).toEqual(plain(rows));
  });
});
