import { extname } from 'node:path';
import type { Segment } from '../../../domain/ledger/segment.ts';

const formats: Readonly<Record<string, Segment['format']>> = {
  '.parquet': 'parquet',
  '.pq': 'parquet',
  '.csv': 'csv',
  '.tsv': 'csv',
  '.ndjson': 'ndjson',
  '.jsonl': 'ndjson',
};

/** What a file holds, by the ending of its name; undefined when that is no format of ours. */
export function formatOf(path: string): Segment['format'] | undefined {
  return formats[extname(path).toLowerCase()];
}

export const endings = Object.keys(formats).join(', ');
