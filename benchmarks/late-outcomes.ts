import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDuckdbCounting } from '../adapters/counting/duckdb/counting.ts';
import { createFileStore } from '../adapters/store/file/file-store.ts';
import { cutGrid } from '../domain/grid/cut-grid.ts';
import { eventTime } from '../domain/identity/event-time.ts';
import type { ModelName } from '../domain/identity/names.ts';
import type { SegmentRows } from '../domain/ledger/counting.port.ts';
import type { Partition } from '../domain/ledger/entry.ts';

/**
 * late-outcomes.ts PREDICTIONS OUTCOMES: counts a segment of predictions and then one of their outcomes, as the ledger does, in a folder
 * of its own. Prints as JSON how many outcomes met their prediction, and the seconds each segment took.
 */
const [predictions = '', outcomes = ''] = process.argv.slice(2);
const folder = await mkdtemp(join(tmpdir(), 'anchorwatch-late-outcomes-'));
try {
  const counting = createDuckdbCounting({ store: createFileStore(join(folder, 'store'), 'for a while'), stateRoot: folder });
  const predicted: SegmentRows = {
    segment: { id: '1'.repeat(32), holds: 'predictions', path: predictions, format: 'parquet', knownAt: eventTime('2024-02-01') },
    mapping: { layout: 'flat', id: ['id'], time: 'at', prediction: 'prediction', ignored: [] },
    answers: 'numeric',
  };
  const known: SegmentRows = {
    segment: { id: '2'.repeat(32), holds: 'outcomes', path: outcomes, format: 'parquet', knownAt: eventTime('2024-03-01') },
    mapping: { layout: 'flat', id: ['id'], label: 'label', ignored: [] },
    answers: 'numeric',
  };
  const grid = cutGrid('bench' as ModelName, await counting.sample({ rows: [predicted], declared: {} }));
  const began = performance.now();
  await counting.count({ ...predicted, grid, before: [] });
  const between = performance.now();
  const counted = await counting.count({ ...known, grid, before: [predicted] });
  console.log(
    JSON.stringify({
      matched: counted.partitions.reduce((sum, { outcomes: joined }: Partition) => sum + (joined?.matched ?? 0), 0),
      predictionsSeconds: (between - began) / 1000,
      outcomesSeconds: (performance.now() - between) / 1000,
    }),
  );
} finally {
  await rm(folder, { recursive: true, force: true });
}
