import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDuckdbCounting } from '../../../adapters/counting/duckdb/counting.ts';
import { createFileStore } from '../../../adapters/store/file/file-store.ts';
import { cutGrid } from '../../../domain/grid/cut-grid.ts';
import { canonicalJson } from '../../../domain/identity/canonical-json.ts';
import type { ModelName } from '../../../domain/identity/names.ts';
import type { Counting, SegmentRows } from '../../../domain/ledger/counting.port.ts';
import { labelledOutcomes } from '../../../domain/ledger/labelled-outcomes.ts';
import { mergePartitions } from '../../../domain/ledger/merge-partitions.ts';
import type { RowMapping } from '../../../domain/ledger/row-mapping.ts';
import { comparisonOf } from '../../../domain/performance/comparison.ts';
import { measureAll } from '../../../domain/performance/measure-all.ts';
import { outcomeScale } from '../../../domain/performance/outcome-scale.ts';
import type { Measure } from '../../../domain/policy/measure.ts';
import type { MetricName } from '../../../domain/policy/policy.ts';
import { segmentOf } from './rows.ts';

const measures: readonly Measure[] = [
  {
    name: 'clickThrough',
    better: 'higher',
    sum: { in: 'outcomes', column: 'clicks' },
    per: { in: 'predictions', column: 'shown' },
  },
  { name: 'refunds', better: 'lower', sum: { in: 'outcomes', column: 'refund' }, per: 'day' },
];
const grid = cutGrid(
  'shop' as ModelName,
  [
    { name: 'said', role: 'prediction', kind: 'categorical', values: ['a', 'b'] },
    { name: 'shown', role: 'feature', kind: 'numeric', values: [5, 10, 20] },
  ],
  [],
  { measures, scores: { b: 'shown' } },
);
const made: RowMapping = { layout: 'flat', id: ['id'], time: 'time', prediction: 'said', ignored: [] };
const known: RowMapping = { layout: 'flat', id: ['id'], label: 'label', ignored: [] };

let folder: string;
let counting: Counting;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anchorwatch-measures-'));
  counting = createDuckdbCounting({ store: createFileStore(join(folder, 'store')), stateRoot: folder });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

let files = 0;
const rowsOf = async (holds: 'predictions' | 'outcomes', rows: readonly string[], more: Partial<SegmentRows> = {}) => {
  const head = holds === 'predictions' ? 'id,time,said,shown' : 'id,label,clicks,refund';
  const mapping = holds === 'predictions' ? made : known;
  const segment = await segmentOf(folder, `${files++}.csv`, [head, ...rows].join('\n'), mapping, { holds });
  return { ...segment, answers: 'categorical', ...more } as const;
};
const countAll = async (segments: readonly SegmentRows[]) => {
  const partitions = [];
  for (const [place, rows] of segments.entries()) {
    partitions.push(...(await counting.count({ ...rows, grid, before: segments.slice(0, place) })).partitions);
  }
  return mergePartitions(partitions);
};

const predictions = ['1,2024-05-01,a,10', '2,2024-05-01,b,20', '3,2024-05-02,a,5', '4,2024-05-02,a,'];
const outcomes = ['1,a,2,0.5', '2,a,4,3', '3,a,1,', '4,a,9,1e9'];
const figure = async (segments: readonly SegmentRows[], metric: MetricName) =>
  comparisonOf(metric, outcomeScale(grid, undefined)).metricOf((await countAll(segments)).flatMap((day) => labelledOutcomes(day) ?? []));

describe('measures of joined rows', () => {
  it('given columns of predictions and outcomes, when they are counted, then a ratio is of the rows that have both, a sum of the days', async () => {
    const segments = [await rowsOf('predictions', predictions), await rowsOf('outcomes', outcomes)];
    expect(await figure(segments, 'gain/clickThrough')).toBeCloseTo(7 / 35, 12);
    expect(await figure(segments, 'cost/refunds')).toBeCloseTo((3.5 + 1e9) / 2, 6);
    const days = await countAll(segments);
    expect(days.map((day) => day.outcomes?.measures?.clickThrough?.rows)).toEqual([2, 1]);
    const told = measureAll(
      days.flatMap((day) => day.outcomes ?? []),
      outcomeScale(grid, undefined),
    );
    expect(told['cost/refunds']).toBeCloseTo((3.5 + 1e9) / 2, 6);
    expect(told['gain/clickThrough']).toBeCloseTo(0.2, 12);
  });

  it('given outcomes before their predictions, in parts, or corrected, when they are counted, then the sums are byte-identical', async () => {
    const whole = await countAll([await rowsOf('predictions', predictions), await rowsOf('outcomes', outcomes)]);
    const turned = await countAll([await rowsOf('outcomes', outcomes), await rowsOf('predictions', predictions)]);
    const corrected = await countAll([
      await rowsOf('predictions', predictions),
      await rowsOf('outcomes', ['1,a,70,0.5', '2,b,4,9']),
      await rowsOf('outcomes', outcomes),
    ]);
    const outcomesOf = (days: typeof whole) => canonicalJson(days.map(({ day, outcomes }) => [day, outcomes]));
    expect(outcomesOf(turned)).toBe(outcomesOf(whole));
    expect(outcomesOf(corrected)).toBe(outcomesOf(whole));
  });

  it('given absence that means a label, when an outcome does not come, then its columns count as 0', async () => {
    const segments = [await rowsOf('predictions', predictions, { absent: 'a' }), await rowsOf('outcomes', ['1,b,2,0.5'], { absent: 'a' })];
    expect(await figure(segments, 'gain/clickThrough')).toBeCloseTo(2 / 35, 12);
    expect(await figure(segments, 'cost/refunds')).toBeCloseTo(0.25, 12);
  });

  it('given the column of a class’s score, when outcomes come and are corrected, then scores are counted by outcome', async () => {
    const segments = [
      await rowsOf('predictions', predictions),
      await rowsOf('outcomes', ['1,b,,', '2,b,,', '3,a,,']),
      await rowsOf('outcomes', ['1,a,,']),
    ];
    const [first, second] = await countAll(segments);
    expect(first?.outcomes?.classScores?.b).toMatchObject({ positives: [0, 0, 0, 1], negatives: [0, 0, 1, 0] });
    expect(second?.outcomes?.classScores?.b).toMatchObject({ positives: [0, 0, 0, 0], negatives: [0, 1, 0, 0] });
    expect(await figure(segments, 'rocAuc/b')).toBe(1);
    expect([first, second].map((day) => day?.outcomes?.classLosses?.rows)).toEqual([2, 1]);
  });

  it('given files without the columns, when they are counted, then no row carries the measure and nothing else is lost', async () => {
    const bare = await segmentOf(folder, 'bare.csv', 'id,label\n1,a\n2,b', known, { holds: 'outcomes' });
    const segments = [await rowsOf('predictions', predictions), { ...bare, answers: 'categorical' } as const];
    expect(await figure(segments, 'gain/clickThrough')).toBeUndefined();
    expect(await figure(segments, 'accuracy')).toBe(1);
  });
});
