import { extname } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { PreparationOrder } from '../../../domain/training/preparation.port.ts';
import { idSeparator } from '../../counting/duckdb/id-separator.ts';
import { instantSql, type Relation, relationOf, textSql, unreadable } from '../../counting/duckdb/relation.ts';
import { SegmentUnusable } from '../../counting/duckdb/segment-unusable.ts';
import { identifier, literal } from '../../counting/duckdb/sql.ts';
import type { Feature } from './row-tables.ts';

export interface History {
  readonly features: readonly Feature[];
  /** DuckDB type of the label. */
  readonly label: string;
}

/**
 * Labelled rows from before the model was watched: `history(__id, __time, __label, features…)`. Types are those the files have, or for
 * CSV and JSON lines those that fit every row.
 *
 * Rows of a history that does not name queries have none.
 *
 * @returns undefined when the policy names no history, or there is no file of it
 * @throws SegmentUnusable when a file cannot be read or lacks a column the policy names
 */
export async function historyTable(
  connection: DuckDBConnection,
  { history, ignored, query = [] }: PreparationOrder,
): Promise<History | undefined> {
  if (history === undefined) return undefined;
  const { files } = history;
  if (files.length === 0) return undefined;
  for (const path of files) await requireTable(connection, path);
  const sql = `(${readersOf(files, history.id).join(' UNION ALL BY NAME ')})`;
  try {
    const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${sql}`);
    const types = new Map(described.getRowObjects().map((row) => [String(row.column_name), String(row.column_type)]));
    for (const column of [...history.id, history.time, history.label]) {
      if (!types.has(column)) throw missing(column, files, [...types.keys()]);
    }
    const taken = new Set([...history.id, history.time, history.label, ...ignored]);
    const absent = query.filter((name) => !types.has(name)).map((name) => ({ name, type: 'VARCHAR' }));
    const kept = [...types].filter(([name]) => !taken.has(name) || query.includes(name)).map(([name, type]) => ({ name, type }));
    const features = [...kept, ...absent];
    const relation: Relation = { sql, types, untyped: false };
    const id = history.id.map((column) => textSql(relation, column)).join(` || ${literal(idSeparator)} || `);
    const columns = features.map(({ name }) => (types.has(name) ? identifier(name) : `NULL::VARCHAR AS ${identifier(name)}`));
    await connection.run(
      `CREATE TEMP TABLE history AS SELECT ${[
        `${id} AS __id`,
        `${instantSql(relation, history.time)} AS __time`,
        `${identifier(history.label)} AS __label`,
        ...columns,
      ].join(', ')} FROM ${sql}`,
    );
    return { features, label: types.get(history.label) as string };
  } catch (cause) {
    throw cause instanceof SegmentUnusable ? cause : unreadable(files.join(', '), cause);
  }
}

/** Reading several tables at once, DuckDB renames columns it cannot tell apart and says nothing. */
async function requireTable(connection: DuckDBConnection, path: string): Promise<void> {
  const format = formats[extname(path).toLowerCase()];
  if (format !== undefined) await relationOf(connection, { path, format });
}

const formats: Readonly<Record<string, 'parquet' | 'csv'>> = { '.parquet': 'parquet', '.pq': 'parquet', '.csv': 'csv', '.tsv': 'csv' };

function readersOf(files: readonly string[], id: readonly string[]): string[] {
  const of = (...extensions: string[]) => files.filter((file) => extensions.includes(extname(file).toLowerCase())).map(literal);
  const texts = `{${id.map((column) => `${literal(column)}: 'VARCHAR'`).join(', ')}}`;
  const [parquet, csv, lines] = [of('.parquet', '.pq'), of('.csv', '.tsv'), of('.ndjson', '.jsonl')];
  return [
    ...(parquet.length > 0 ? [`SELECT * FROM read_parquet([${parquet}], union_by_name = true)`] : []),
    ...(csv.length > 0
      ? [`SELECT * FROM read_csv([${csv}], header = true, sample_size = -1, union_by_name = true, types = ${texts})`]
      : []),
    ...(lines.length > 0
      ? [`SELECT * FROM read_json([${lines}], format = 'newline_delimited', sample_size = -1, union_by_name = true)`]
      : []),
  ];
}

function missing(column: string, files: readonly string[], there: readonly string[]): SegmentUnusable {
  return new SegmentUnusable(
    'column-missing',
    `${files.join(', ')} has no column "${column}" (it has ${there.join(', ')}). Name the right column in the policy's sources.history.`,
  );
}
