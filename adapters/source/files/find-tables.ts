import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Segment } from '../../../domain/ledger/segment.ts';
import { contentInWords, contentOf, type FileContent } from './content-of.ts';
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
  const holds = await contentOf(path).catch((cause: Error) => {
    throw new TableUnusable(`${path} cannot be read: ${cause.message}. Who may read it?`);
  });
  if (holds === format || (holds === 'text' && format === 'csv')) return;
  throw new TableUnusable(
    `${path} is not what its name says: not ${contentInWords[format]}, but ${contentInWords[holds]}. ${remedies[holds] ?? 'Name it for what it is.'}`,
  );
}

const remedies: Readonly<Partial<Record<FileContent, string>>> = {
  array: 'Write one record a line.',
  packed: 'Unpack it first.',
  'utf-16': 'Write it in UTF-8.',
  binary: 'Write it as Parquet, CSV or JSON lines.',
};
