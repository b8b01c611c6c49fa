import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDuckdbCounting } from '../../../adapters/counting/duckdb/counting.ts';
import { createFileStore } from '../../../adapters/store/file/file-store.ts';
import { cutGrid } from '../../../domain/grid/cut-grid.ts';
import type { Grid } from '../../../domain/grid/grid.ts';
import type { ModelName } from '../../../domain/identity/names.ts';
import type { Counted, Counting, SegmentRows } from '../../../domain/ledger/counting.port.ts';
import { mergePartitions } from '../../../domain/ledger/merge-partitions.ts';
import type { RowMapping } from '../../../domain/ledger/row-mapping.ts';
import { segmentOf } from './rows.ts';

const made: RowMapping = { layout: 'flat', id: ['id'], time: 'time', prediction: 'said', score: 'p', ignored: [] };
const known: RowMapping = { layout: 'flat', id: ['id'], label: 'label', ignored: [] };

let folder: string;
let counting: Counting;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anchorwatch-classes-'));
  counting = createDuckdbCounting({ store: createFileStore(join(folder, 'store')), stateRoot: folder });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const classes = { answers: 'categorical', positive: 'churn' } as const;
const predictions = async (name: string, rows: readonly string[]): Promise<SegmentRows> => ({
  ...(await segmentOf(folder, `${name}.csv`, ['id,time,tenure,said,p', ...rows].join('\n'), made)),
  ...classes,
});
const outcomes = async (name: string, rows: readonly string[]): Promise<SegmentRows> => ({
  ...(await segmentOf(folder, `${name}.csv`, ['id,label', ...rows].join('\n'), known, { holds: 'outcomes' })),
  ...classes,
});
const nightly = ['1,2024-03-01,4,churn,0.75', '2,2024-03-01,9,stay,0.25', '3,2024-03-01,9,stay,0.5', '4,2024-03-01,2,churn,'];

describe('given predicted classes with a score', () => {
  it('when a sample is taken, then the score is a column of its own and no feature', async () => {
    const grid = cutGrid('churn' as ModelName, await counting.sample({ rows: [await predictions('sampled', nightly)], declared: {} }));
    expect(grid.columns.map(({ name, role, kind }) => [name, role, kind])).toEqual([
      ['p', 'score', 'numeric'],
      ['said', 'prediction', 'categorical'],
      ['tenure', 'feature', 'numeric'],
    ]);
  });

  const grid: Grid = cutGrid('churn' as ModelName, [
    { name: 'p', role: 'score', kind: 'numeric', values: [0.25, 0.5, 0.75] },
    { name: 'said', role: 'prediction', kind: 'categorical', values: ['stay', 'stay', 'churn'] },
  ]);
  const count = (rows: SegmentRows, before: readonly SegmentRows[] = []) => counting.count({ ...rows, grid, before });
  const sums = (counted: readonly Counted[]) => mergePartitions(counted.flatMap(({ partitions }) => partitions))[0]?.outcomes;
  /** Rows: true stay, churn, other. Columns: said stay, churn, the same other, a wrong other. Rows 1 to 3 are scored, row 4 is not. */
  const expected = {
    matched: 4,
    correct: 2,
    confusion: [1, 0, 0, 0, 1, 1, 0, 0, 0, 1, 0, 0],
    scores: {
      positives: [0, 0, 1, 1],
      negatives: [0, 1, 0, 0],
      improbable: 0,
      sums: [0, 2 ** 18, 2 ** 19, 3 * 2 ** 18],
      logLoss: String([0.75, 0.75, 0.5].reduce((sum, given) => sum + Math.round(-Math.log(given) * 2 ** 20), 0)),
      squaredError: String((0.25 ** 2 + 0.25 ** 2 + 0.5 ** 2) * 2 ** 40),
    },
  };

  it('when their outcomes come later, then the outcomes carry the table and the score cells', async () => {
    const first = await predictions('before', nightly);
    const later = await outcomes('after', ['1,churn', '2,stay', '3,churn', '4,moved']);
    expect(sums([await count(first), await count(later, [first])])).toEqual(expected);
  });

  it('when outcomes waited, some wrong at first, then the sums are those of what was true in the end', async () => {
    const early = await outcomes('early', ['1,stay', '2,stay', '4,churn']);
    const late = await predictions('late', nightly);
    const corrected = await outcomes('corrected', ['1,churn', '3,churn', '4,moved']);
    const counted = [await count(early), await count(late, [early]), await count(corrected, [early, late])];
    expect(counted[1]?.met).toEqual({ [early.segment.id]: 3 });
    expect(sums(counted)).toEqual(expected);
  });

  it('when a score is no probability, then it is ranked, counted apart and in no loss', async () => {
    const first = await predictions('odds', ['1,2024-03-01,4,churn,3.5']);
    const later = await outcomes('odds-known', ['1,churn']);
    expect(sums([await count(later, [first])])?.scores).toMatchObject({
      positives: [0, 0, 0, 1],
      improbable: 1,
      sums: [0, 0, 0, 0],
      logLoss: '0',
    });
  });

  it('when a file lacks the column of scores, then the entry says which', async () => {
    const rows = await segmentOf(folder, 'lacking.csv', 'id,time,tenure,said\n1,2024-03-01,4,churn\n', made);
    expect((await count({ ...rows, ...classes })).fault?.says).toContain('has no column "p"');
  });
});
