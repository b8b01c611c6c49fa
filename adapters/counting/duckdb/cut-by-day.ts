import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Segment } from '../../../domain/ledger/segment.ts';
import { Database } from './database.ts';
import { instantSql, type Relation, relationOf, unreadable } from './relation.ts';
import { SegmentUnusable } from './segment-unusable.ts';
import { literal } from './sql.ts';

type File = Pick<Segment, 'path' | 'format'>;

/**
 * Writes the rows of a file that spans more than `longestDays` anew, in its format and a file for each UTC day of a column, so that each is
 * known with its day. Rows without a time go to the first day. JSON lines are left as they are, and what cannot be read.
 *
 * @param folder of this file alone; made here
 * @returns whether it was cut
 *
 * Cost: the file is read twice and sorted.
 */
export async function cutByDay(file: File, column: string, longestDays: number, folder: string): Promise<boolean> {
  if (file.format === 'ndjson') return false;
  const partitioned = join(folder, 'by-day');
  const wasCut = await new Database(2).connected(async (connection) => {
    try {
      const relation = await relationOf(connection, file);
      if (!relation.types.has(column)) return false;
      const day = daySql(relation, column);
      const spanned = (
        await connection.runAndReadAll(`SELECT CAST(min(${day}) AS VARCHAR), max(${day}) - min(${day}) + 1 FROM ${relation.sql}`)
      ).getRows();
      const [first, days] = spanned[0] ?? [];
      if (first === null || first === undefined || Number(days) <= longestDays) return false;
      await mkdir(folder, { recursive: true });
      const format = file.format === 'csv' ? 'csv, HEADER' : 'parquet';
      await connection.run(
        `COPY (SELECT *, coalesce(${day}, DATE ${literal(String(first))}) AS "anchorwatch day" FROM ${relation.sql} ORDER BY "anchorwatch day")
         TO ${literal(partitioned)} (FORMAT ${format}, PARTITION_BY ("anchorwatch day"))`,
      );
      return true;
    } catch (cause) {
      if (cause instanceof SegmentUnusable) return false;
      throw unreadable(file.path, cause);
    }
  });
  if (wasCut) await flatten(partitioned, folder);
  return wasCut;
}

function daySql(relation: Relation, column: string): string {
  return `CAST(make_timestamp_ms(CAST(${instantSql(relation, column)} AS BIGINT)) AS DATE)`;
}

/** Out of folders named `column=value`, which would be read as a column. */
async function flatten(partitioned: string, folder: string): Promise<void> {
  for (const part of await readdir(partitioned)) {
    const day = part.slice(part.indexOf('=') + 1);
    for (const name of await readdir(join(partitioned, part))) await rename(join(partitioned, part, name), join(folder, `${day}-${name}`));
  }
  await rm(partitioned, { recursive: true });
}
