import { open } from 'node:fs/promises';
import type { Segment } from '../../../domain/ledger/segment.ts';

/** What a file seems to hold; `text` may be CSV. */
export type FileContent = Segment['format'] | 'text' | 'array' | 'packed' | 'utf-16' | 'binary';

export const contentInWords: Readonly<Record<FileContent, string>> = {
  parquet: 'Parquet',
  csv: 'CSV',
  ndjson: 'JSON lines',
  text: 'text',
  array: 'one JSON array',
  packed: 'packed',
  'utf-16': 'text in UTF-16',
  binary: 'binary data',
};

const firstBytes = 4096;

/** By its first bytes: marks of known formats, then the first character of the text. */
export async function contentOf(path: string): Promise<FileContent> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(firstBytes), 0, firstBytes, 0);
    return guess(buffer.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}

function guess(bytes: Buffer): FileContent {
  const mark = bytes.subarray(0, 4).toString('latin1');
  if (mark === 'PAR1') return 'parquet';
  if (mark.startsWith('\x1f\x8b') || mark.startsWith('PK') || mark === '(\xb5/\xfd') return 'packed';
  if (mark.startsWith('\xff\xfe') || mark.startsWith('\xfe\xff')) return 'utf-16';
  if (bytes.includes(0)) return 'binary';
  const text = bytes
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trimStart();
  if (text.startsWith('{')) return 'ndjson';
  return text.startsWith('[') ? 'array' : 'text';
}
