import { open } from 'node:fs/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Segment } from '../../../domain/ledger/segment.ts';
import { requireDistinct, requireDistinctParquet } from './require-distinct.ts';
import { SegmentUnusable } from './segment-unusable.ts';
import { identifier, literal } from './sql.ts';

/** A file as DuckDB reads it. */
export interface Relation {
  /** Stands after FROM. */
  readonly sql: string;
  /** DuckDB's type of each column. */
  readonly types: ReadonlyMap<string, string>;
  /** Every value is text because the file has no types: text that reads as a number is one. */
  readonly untyped: boolean;
}

/**
 * Opens a Parquet or CSV file. CSV: first line names the columns, separated by comma, semicolon or tab (one without a
 * name is called by its place, `column 1`); every column is read as text,
 * so that no guess about the first rows decides over later ones; lines with too many or too few fields are rejected and counted.
 *
 * @throws SegmentUnusable when the file cannot be read, or has columns that cannot be told apart
 */
export async function relationOf(connection: DuckDBConnection, { path, format }: Pick<Segment, 'path' | 'format'>): Promise<Relation> {
  if (format === 'csv') return csvRelation(path);
  const sql = `read_parquet(${literal(path)})`;
  try {
    const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${sql}`);
    const types = new Map(described.getRowObjects().map((row) => [String(row.column_name), String(row.column_type)]));
    await requireDistinctParquet(connection, path, [...types.keys()]);
    return { sql, types, untyped: false };
  } catch (cause) {
    throw cause instanceof SegmentUnusable ? cause : unreadable(path, cause);
  }
}

export function unreadable(path: string, cause: unknown): SegmentUnusable {
  const why = String((cause as Error).message).split('\n')[0];
  return new SegmentUnusable(
    'unreadable',
    `${path} cannot be read: ${why}. Write it again under a new name; it is then counted as a new file.`,
  );
}

async function csvRelation(path: string): Promise<Relation> {
  const header = await firstLine(path);
  const separator = [',', ';', '\t'].reduce((best, next) => (header.split(next).length > header.split(best).length ? next : best));
  const names = fieldsOf(header, separator).map((name, index) => name || `column ${index + 1}`);
  requireDistinct(path, names);
  const columns = names.map((name) => `${literal(name)}: 'VARCHAR'`).join(', ');
  const sql = `read_csv(${literal(path)}, auto_detect = false, header = true, delim = ${literal(separator)}, quote = '"', escape = '"',
    nullstr = '', store_rejects = true, rejects_limit = 0, columns = {${columns}})`;
  return { sql, types: new Map(names.map((name) => [name, 'VARCHAR'])), untyped: true };
}

async function firstLine(path: string): Promise<string> {
  try {
    const file = await open(path);
    try {
      for await (const line of file.readLines()) return line.replace(/^\ufeff/, '');
    } finally {
      await file.close();
    }
  } catch (cause) {
    throw unreadable(path, cause);
  }
  throw new SegmentUnusable('unreadable', `${path} is empty. Its first line must name the columns.`);
}

function fieldsOf(line: string, separator: string): string[] {
  const fields = [...`${separator}${line}`.matchAll(new RegExp(`${separator}("(?:[^"]|"")*"|[^${separator}]*)`, 'g'))].map(
    ([, field = '']) => field,
  );
  return fields.map((field) => (field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field.trim()));
}

/** Lines of CSV files this connection had to reject. */
export async function rejectedLines(connection: DuckDBConnection): Promise<number> {
  const rejected = await connection.runAndReadAll('SELECT count(DISTINCT (scan_id, file_id, line)) FROM reject_errors');
  return Number(rejected.getRows()[0]?.[0] ?? 0);
}

/** Why this connection had to reject lines of CSV files, with their number. */
export async function rejectedBecause(connection: DuckDBConnection): Promise<[reason: string, lines: number][]> {
  const rejected = await connection.runAndReadAll(
    'SELECT CAST(error_type AS VARCHAR), count(DISTINCT (scan_id, file_id, line)) FROM reject_errors GROUP BY error_type ORDER BY error_type',
  );
  return rejected.getRows().map(([type, lines]) => [saidOf[String(type)] ?? String(type).toLowerCase(), Number(lines)]);
}

const fields = 'another number of fields than the first line';
const saidOf: Readonly<Record<string, string>> = {
  'INVALID ENCODING': 'not in UTF-8',
  'LINE SIZE OVER MAXIMUM': 'over 2,000,000 bytes',
  'MISSING COLUMNS': fields,
  'TOO MANY COLUMNS': fields,
  'UNQUOTED VALUE': 'a quotation mark that does not end',
};

/** SQL of a column's value as an instant, in milliseconds since 1970; null when it is none. Text without a zone is UTC. */
export function instantSql(relation: Relation, column: string): string {
  const type = relation.types.get(column) ?? '';
  if (!/^(VARCHAR|DATE|TIMESTAMP)/.test(type)) return 'NULL::DOUBLE';
  return `epoch_ms(TRY_CAST(${identifier(column)} AS TIMESTAMPTZ))::DOUBLE`;
}

const numbers = /^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|DOUBLE|FLOAT|DECIMAL(\(\d+,\d+\))?)$/;
const fractions = /^(DOUBLE|FLOAT|DECIMAL(\(\d+,\d+\))?)$/;

export function isNumber(type: string): boolean {
  return numbers.test(type);
}

export function isFraction(type: string): boolean {
  return fractions.test(type);
}

/** SQL of a column's value as text, whole numbers without a point whatever their type. */
export function textSql(relation: Relation, column: string): string {
  const name = identifier(column);
  if (!isFraction(relation.types.get(column) ?? '')) return `CAST(${name} AS VARCHAR)`;
  return `CASE WHEN ${name}::DOUBLE = floor(${name}::DOUBLE) AND abs(${name}::DOUBLE) < 1e15
    THEN CAST(${name}::BIGINT AS VARCHAR) ELSE CAST(${name}::DOUBLE AS VARCHAR) END`;
}
