import { open, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Segment } from '../../../domain/ledger/segment.ts';
import { endings, formatOf } from './format-of.ts';
import { filesByGlob } from './glob.ts';

export interface TableFile {
  readonly path: string;
  readonly format: Segment['format'];
}

/** A file or pattern that cannot be used: what is wrong with it, and what to do. */
export class TableUnusable extends Error {
  constructor(says: string) {
    super(says);
    this.name = 'TableUnusable';
  }
}

const firstBytes = 4096;

/**
 * The files a pattern stands for, by {@link filesByGlob}, each looked at: is it there, may it be read, is it what its name says?
 * A pattern passes over files of other formats; a name does not.
 *
 * @throws TableUnusable naming the file and the remedy
 */
export async function findTables(pattern: string, folder: string): Promise<TableFile[]> {
  const isPattern = /[*?{]/.test(pattern);
  const paths = isPattern ? await matching(pattern, folder) : [resolve(folder, pattern)];
  const tables: TableFile[] = [];
  for (const path of paths) {
    const format = await formatOfFile(path);
    if (format !== undefined) tables.push({ path, format });
    else if (!isPattern) throw new TableUnusable(`${path} is in no format that can be read here. Its name must end in ${endings}.`);
  }
  if (tables.length === 0)
    throw new TableUnusable(`No file matches ${resolve(folder, pattern)}. Files are read whose names end in ${endings}.`);
  for (const table of tables) await lookInto(table);
  return tables;
}

async function matching(pattern: string, folder: string): Promise<string[]> {
  return filesByGlob(pattern, folder).catch((cause: unknown) => {
    throw new TableUnusable(`The files of ${pattern} cannot be listed: ${(cause as Error).message}. Who may read the folder?`);
  });
}

async function formatOfFile(path: string): Promise<Segment['format'] | undefined> {
  const found = await stat(path).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') throw new TableUnusable(`${path} does not exist.`);
    throw new TableUnusable(`${path} cannot be read: ${cause.message}.`);
  });
  if (found.isDirectory()) throw new TableUnusable(`${path} is a folder. Name the files in it, such as ${join(path, '*.parquet')}.`);
  if (found.isFile() && found.size === 0) throw new TableUnusable(`${path} is empty: not even its columns have names.`);
  return formatOf(path);
}

async function lookInto({ path, format }: TableFile): Promise<void> {
  const holds = guess(await beginning(path));
  if (holds === format || (holds === 'text' && format === 'csv')) return;
  const named = { parquet: 'Parquet', csv: 'CSV', ndjson: 'JSON lines' }[format];
  throw new TableUnusable(
    `${path} is not what its name says: not ${named}, but ${toldAs[holds]}. ${remedies[holds] ?? 'Name it for what it is.'}`,
  );
}

async function beginning(path: string): Promise<Buffer> {
  try {
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(firstBytes), 0, firstBytes, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (cause) {
    throw new TableUnusable(`${path} cannot be read: ${(cause as Error).message}. Who may read it?`);
  }
}

type Guess = Segment['format'] | 'text' | 'array' | 'packed' | 'utf-16' | 'binary';

const toldAs: Readonly<Record<Guess, string>> = {
  parquet: 'Parquet',
  csv: 'CSV',
  ndjson: 'JSON lines',
  text: 'text',
  array: 'one JSON array',
  packed: 'packed',
  'utf-16': 'text in UTF-16',
  binary: 'binary data',
};
const remedies: Readonly<Partial<Record<Guess, string>>> = {
  array: 'Write one record a line.',
  packed: 'Unpack it first.',
  'utf-16': 'Write it in UTF-8.',
  binary: 'Write it as Parquet, CSV or JSON lines.',
};

/** By its first bytes: marks of known formats, then the first character of the text. */
function guess(bytes: Buffer): Guess {
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
