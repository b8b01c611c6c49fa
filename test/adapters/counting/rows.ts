import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { eventTime } from '../../../domain/identity/event-time.ts';
import type { SegmentRows } from '../../../domain/ledger/counting.port.ts';
import type { RowMapping } from '../../../domain/ledger/row-mapping.ts';
import type { Segment } from '../../../domain/ledger/segment.ts';

/** Writes text as a segment's file and says how to read it. */
export async function segmentOf(
  folder: string,
  name: string,
  text: string | Uint8Array,
  mapping: RowMapping,
  more: Partial<Segment> = {},
): Promise<SegmentRows> {
  const path = join(folder, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
  const id = createHash('sha256').update(text).digest('hex').slice(0, 32);
  const format = name.endsWith('.csv') ? 'csv' : name.endsWith('.parquet') ? 'parquet' : 'ndjson';
  const segment: Segment = { id, holds: 'predictions', path, format, knownAt: eventTime('2011-05-01'), ...more };
  return { segment, mapping, answers: 'numeric' };
}

export const gatewayPredictions: RowMapping = {
  layout: 'nested',
  id: ['id'],
  time: 'time',
  version: 'version',
  prediction: 'prediction',
  status: 'status',
  ignored: [],
};

export const gatewayOutcomes: RowMapping = { layout: 'flat', id: ['id'], label: 'label', ignored: [] };

export const lines = (records: readonly unknown[]) =>
  records.map((record) => (typeof record === 'string' ? record : JSON.stringify(record))).join('\n');
