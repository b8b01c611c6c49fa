import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDuckdbCounting } from '../../../adapters/counting/duckdb/counting.ts';
import { createFileStore } from '../../../adapters/store/file/file-store.ts';
import { cutGrid } from '../../../domain/grid/cut-grid.ts';
import type { Grid } from '../../../domain/grid/grid.ts';
import { type EventTime, eventTime, plusDays } from '../../../domain/identity/event-time.ts';
import type { ModelName, Version } from '../../../domain/identity/names.ts';
import type { Counting, SegmentRows, WorstOrder } from '../../../domain/ledger/counting.port.ts';
import { mergePartitions } from '../../../domain/ledger/merge-partitions.ts';
import type { RowMapping } from '../../../domain/ledger/row-mapping.ts';
import { lines, segmentOf } from './rows.ts';

const model = 'demand' as ModelName;
const begin = eventTime('2024-03-01');
const hour = (at: number) => new Date(Date.parse(begin) + at * 3_600_000).toISOString();
const flat: RowMapping = { layout: 'flat', id: ['shop', 'order'], time: 'at', version: 'version', prediction: 'predicted', ignored: [] };
const label: RowMapping = { layout: 'flat', id: ['shop', 'order'], label: 'actual', ignored: [] };

const gridOf = (kind: 'numeric' | 'categorical', scored = false): Grid =>
  cutGrid(model, [
    kind === 'numeric'
      ? { name: 'predicted', role: 'prediction', kind, values: [0, 100] }
      : { name: 'predicted', role: 'prediction', kind, values: ['no', 'yes'] },
    ...(scored ? [{ name: 'score', role: 'score', kind: 'numeric', values: [0, 0.5, 1] } as const] : []),
  ]);

let folder: string;
let counting: Counting;
let files = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anchorwatch-worst-'));
  counting = createDuckdbCounting({ store: createFileStore(join(folder, 'store'), 'for a while'), stateRoot: folder });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Told {
  readonly holds: 'predictions' | 'outcomes';
  readonly knownAt: EventTime;
  readonly records: readonly object[];
}

/** The segments in the order of looks. Each file's text is its own, so that two files of the same rows are two segments. */
async function segmentsOf(told: readonly Told[], more: Partial<SegmentRows> = {}, mapping: Partial<RowMapping> = {}) {
  const segments: SegmentRows[] = [];
  for (const { holds, knownAt, records } of told) {
    const name = `${files++}.ndjson`;
    const text = lines([...records, { file: name }]);
    const read = holds === 'predictions' ? { ...flat, ...mapping } : label;
    segments.push({ ...(await segmentOf(folder, name, text, read, { holds, knownAt })), awaitsOutcomes: true, ...more });
  }
  return segments;
}

const order = (segments: readonly SegmentRows[], grid: Grid, more: Partial<WorstOrder> = {}): WorstOrder => ({
  grid,
  segments,
  horizonDays: 28,
  window: { from: begin, to: plusDays(begin, 7) },
  version: '1' as Version,
  most: 50,
  ...more,
});

const row = (id: number, predicted: unknown, more: object = {}) => ({
  shop: 'a',
  order: id,
  at: hour(id),
  version: '1',
  predicted,
  ...more,
});
const outcome = (id: number, actual: unknown) => ({ shop: 'a', order: id, actual });

describe('given quantities and what they turned out to be', () => {
  const predictions: Told = {
    holds: 'predictions',
    knownAt: begin,
    records: [row(1, 10), row(2, 10), row(30, 10), row(4, 10), row(5, 10)],
  };

  it('when the worst are asked for, then the largest errors come first, of equal ones the newest day, and what was right is no error', async () => {
    const outcomes: Told = {
      holds: 'outcomes',
      knownAt: plusDays(begin, 1),
      records: [outcome(1, 13), outcome(2, -10), outcome(30, 7), outcome(4, 10)],
    };
    const { by, rows } = await counting.worst(order(await segmentsOf([predictions, outcomes]), gridOf('numeric')));
    expect(by).toBe('absoluteError');
    expect(rows).toEqual([
      { id: ['a', '2'], day: '2024-03-01', prediction: 10, outcome: -10, loss: 20 },
      { id: ['a', '30'], day: '2024-03-02', prediction: 10, outcome: 7, loss: 3 },
      { id: ['a', '1'], day: '2024-03-01', prediction: 10, outcome: 13, loss: 3 },
    ]);
    const two = await counting.worst(order(await segmentsOf([predictions, outcomes]), gridOf('numeric'), { most: 2 }));
    expect(two.rows).toEqual(rows.slice(0, 2));
  });

  it('when an outcome is corrected later, then the last one counts; a prediction made again does not', async () => {
    const told: Told[] = [
      predictions,
      { holds: 'predictions', knownAt: plusDays(begin, 1), records: [row(1, 99)] },
      { holds: 'outcomes', knownAt: plusDays(begin, 1), records: [outcome(1, 90)] },
      { holds: 'outcomes', knownAt: plusDays(begin, 2), records: [outcome(1, 11)] },
    ];
    const { rows } = await counting.worst(order(await segmentsOf(told), gridOf('numeric')));
    expect(rows).toEqual([{ id: ['a', '1'], day: '2024-03-01', prediction: 10, outcome: 11, loss: 1 }]);
  });

  it('when absence means a label, then rows without an outcome are among them, marked', async () => {
    const outcomes: Told = { holds: 'outcomes', knownAt: plusDays(begin, 1), records: [outcome(1, 13), outcome(2, 10)] };
    const segments = await segmentsOf([predictions, outcomes], { absent: 0 });
    const { rows } = await counting.worst(order(segments, gridOf('numeric')));
    expect(rows.map(({ id, outcome, presumed, loss }) => [id[1], outcome, presumed, loss])).toEqual([
      ['30', 0, true, 10],
      ['4', 0, true, 10],
      ['5', 0, true, 10],
      ['1', 13, undefined, 3],
    ]);
  });

  it('when rows are of other days or another version, then they are not meant', async () => {
    const told: Told[] = [
      { holds: 'predictions', knownAt: begin, records: [row(1, 10), row(2, 10, { version: '2' }), row(24 * 8, 10)] },
      { holds: 'outcomes', knownAt: begin, records: [outcome(1, 0), outcome(2, 0), outcome(24 * 8, 0)] },
    ];
    const { rows } = await counting.worst(order(await segmentsOf(told), gridOf('numeric')));
    expect(rows.map(({ id }) => id[1])).toEqual(['1']);
  });

  it('when prediction and outcome became known further apart than the horizon, then they do not meet, and the prediction is a new one', async () => {
    const told: Told[] = [
      { holds: 'predictions', knownAt: begin, records: [row(1, 10), row(2, 10)] },
      { holds: 'outcomes', knownAt: plusDays(begin, 28), records: [outcome(1, 11)] },
      { holds: 'outcomes', knownAt: plusDays(begin, 29), records: [outcome(2, 11)] },
      { holds: 'predictions', knownAt: plusDays(begin, 30), records: [row(1, 20), row(2, 20)] },
    ];
    const { rows } = await counting.worst(order(await segmentsOf(told), gridOf('numeric')));
    expect(rows.map(({ id, prediction }) => [id[1], prediction])).toEqual([
      ['1', 20],
      ['2', 20],
      ['1', 10],
    ]);
  });

  it('when a file cannot be read, or there is none, then the rest is told', async () => {
    const outcomes: Told = { holds: 'outcomes', knownAt: begin, records: [outcome(1, 0)] };
    const segments = await segmentsOf([predictions, outcomes]);
    const broken = await segmentOf(folder, 'broken.parquet', 'PAR1 torn', flat);
    const { rows } = await counting.worst(order([broken, ...segments], gridOf('numeric')));
    expect(rows).toHaveLength(1);
    expect((await counting.worst(order([], gridOf('numeric')))).rows).toEqual([]);
    expect((await counting.worst(order(segments.slice(0, 1), gridOf('numeric')))).rows).toEqual([]);
  });
});

describe('given classes and what they turned out to be', () => {
  const scored = (second: number): Told[] => [
    {
      holds: 'predictions',
      knownAt: begin,
      records: [row(1, 'yes', { score: 0.9 }), row(2, 'yes', { score: second }), row(30, 'no', { score: 0 }), row(4, 'no', { score: 0.2 })],
    },
    { holds: 'outcomes', knownAt: begin, records: [outcome(1, 'yes'), outcome(2, 'no'), outcome(30, 'yes'), outcome(4, 'yes')] },
  ];

  it('when a class is scored, then they are ranked by log loss, in nats', async () => {
    const segments = await segmentsOf(scored(0.75), { answers: 'categorical', positive: 'yes' }, { score: 'score' });
    const { by, rows } = await counting.worst(order(segments, gridOf('categorical', true)));
    expect(by).toBe('logLoss');
    expect(rows.map(({ id, score }) => [id[1], score])).toEqual([
      ['30', 0],
      ['4', 0.2],
      ['2', 0.75],
      ['1', 0.9],
    ]);
    expect(rows.map(({ loss }) => loss)).toEqual([-Math.log(2 ** -52), -Math.log(0.2), -Math.log(0.25), -Math.log(0.9)]);
  });

  it('when a score is no probability, or there are none, then wrong answers are told, the newest first', async () => {
    const segments = await segmentsOf(scored(7), { answers: 'categorical', positive: 'yes' }, { score: 'score' });
    const found = await counting.worst(order(segments, gridOf('categorical', true)));
    expect(found.by).toBe('wrongAnswer');
    expect(found.rows.map(({ id, loss }) => [id[1], loss])).toEqual([
      ['30', 1],
      ['2', 1],
      ['4', 1],
    ]);
    const bare = await counting.worst(order(await segmentsOf(scored(0.75), { answers: 'categorical' }), gridOf('categorical')));
    expect(bare.rows.map(({ id, score }) => [id[1], score])).toEqual(found.rows.map(({ id }) => [id[1], undefined]));
  });
});

describe('given any files of predictions and outcomes, repeated, corrected and apart', () => {
  const file = fc.record({
    holds: fc.constantFrom('predictions' as const, 'outcomes' as const),
    daysLater: fc.integer({ min: 0, max: 3 }),
    values: fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: -20, max: 20 })), { minLength: 1, maxLength: 8 }),
  });

  it('when all rows of the window are asked for, then their losses add up to what was counted', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(file, { minLength: 2, maxLength: 6 }), async (given) => {
        let knownAt = begin;
        const told = given.map(({ holds, daysLater, values }): Told => {
          knownAt = plusDays(knownAt, daysLater);
          const records = values.map(([id, value]) => (holds === 'predictions' ? row(id, value) : outcome(id, value)));
          return { holds, knownAt, records };
        });
        const segments = await segmentsOf(told);
        const grid = gridOf('numeric');
        const worst = await counting.worst(order(segments, grid, { most: 1000 }));
        const partitions = [];
        for (const [place, rows] of segments.entries()) {
          partitions.push(...(await counting.count({ ...rows, grid, before: segments.slice(0, place) })).partitions);
        }
        const { unit } = grid.columns[0] as { unit: number };
        const counted = mergePartitions(partitions).reduce((sum, { outcomes }) => sum + Number(outcomes?.absoluteError ?? 0), 0);
        const found = worst.rows.reduce((sum, { loss }) => sum + Math.round(loss / unit), 0);
        expect(found).toBeCloseTo(counted, -2);
      }),
      { numRuns: 12 },
    );
  });
});
