import type { DuckDBConnection, DuckDBDataChunk } from '@duckdb/node-api';
import type { SegmentRows } from '../../../domain/ledger/counting.port.ts';
import { absent, type Batch, type Found, rowsPerBatch, type Values, type Wanted, wrongType } from './batch.ts';
import { idSeparator } from './id-separator.ts';
import { copyNumbers, readTexts } from './raw-vector.ts';
import { instantSql, isNumber, type Relation, rejectedLines, relationOf, textSql, unreadable } from './relation.ts';
import { SegmentUnusable } from './segment-unusable.ts';
import { identifier, literal } from './sql.ts';

/** Reads a Parquet or CSV segment by DuckDB's own chunks. */
export async function* readTable(
  connection: DuckDBConnection,
  rows: SegmentRows,
  wanted: readonly Wanted[],
  found: Found,
): AsyncGenerator<Batch> {
  const { segment, mapping } = rows;
  const relation = await relationOf(connection, segment);
  requireColumns(rows, relation);
  const parts = mapping.id.map((column) => textSql(relation, column));
  const id = parts.length === 0 ? 'NULL::VARCHAR' : parts.join(` || ${literal(idSeparator)} || `);
  const time = mapping.time === undefined ? 'NULL::DOUBLE' : instantSql(relation, mapping.time);
  const version = mapping.version === undefined ? 'NULL::VARCHAR' : textSql(relation, mapping.version);
  const columns = wanted.map((column) => columnSql(relation, columnName(rows, column), column));
  const sql = `SELECT ${[id, `coalesce(${time}, 'nan'::DOUBLE)`, version, ...columns].join(', ')} FROM ${relation.sql}`;

  const buffers = wanted.map(({ kind }) => (kind === 'numeric' ? new Float64Array(rowsPerBatch) : new Int32Array(rowsPerBatch)));
  for await (const chunk of chunksOf(connection, sql, segment.path)) {
    yield {
      rows: chunk.rowCount,
      ids: parts.length === 0 ? [] : texts(chunk, 0).map((text) => (text === '' ? null : text)),
      times: copyNumbers(chunk.getColumnVector(1), new Float64Array(chunk.rowCount)),
      ...(mapping.version !== undefined && { versions: texts(chunk, 2) }),
      columns: buffers.map((buffer, index) => valuesOf(chunk, index + 3, buffer)),
    };
  }
  if (relation.untyped) found.malformed += await rejectedLines(connection);
}

async function* chunksOf(connection: DuckDBConnection, sql: string, path: string): AsyncGenerator<DuckDBDataChunk> {
  try {
    const result = await connection.stream(sql);
    for (let chunk = await result.fetchChunk(); chunk !== null && chunk.rowCount > 0; chunk = await result.fetchChunk()) yield chunk;
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

/** Identity, time, prediction and label must be there; a feature that is not is absent in every row, and its nulls say so. */
function requireColumns({ segment, mapping }: SegmentRows, relation: Relation): void {
  const required = [...mapping.id, mapping.time, mapping.version, mapping.prediction, mapping.score, mapping.label];
  for (const column of required) {
    if (column === undefined || relation.types.has(column)) continue;
    const there = [...relation.types.keys()].join(', ');
    throw new SegmentUnusable(
      'column-missing',
      `${segment.path} has no column "${column}" (it has ${there}). Name the right column in the policy's sources or in the command.`,
    );
  }
}

function columnName({ mapping }: SegmentRows, wanted: Wanted): string | undefined {
  return wanted.part === 'feature' ? wanted.name : mapping[wanted.part];
}

function columnSql(relation: Relation, column: string | undefined, { kind }: Wanted): string {
  const type = column === undefined ? undefined : relation.types.get(column);
  if (column === undefined || type === undefined) return kind === 'numeric' ? doubleSql(absent) : 'NULL::VARCHAR';
  return kind === 'numeric' ? numericSql(relation, column, type) : textSql(relation, column);
}

function numericSql(relation: Relation, column: string, type: string): string {
  const name = identifier(column);
  if (isNumber(type)) return `coalesce(${name}::DOUBLE, ${doubleSql(absent)})`;
  const other = relation.untyped ? `coalesce(TRY_CAST(trim(${name}) AS DOUBLE), ${doubleSql(wrongType)})` : doubleSql(wrongType);
  return `CASE WHEN ${name} IS NULL THEN ${doubleSql(absent)} ELSE ${other} END`;
}

function doubleSql(value: number): string {
  return `(${value}::DOUBLE)`;
}

function valuesOf(chunk: DuckDBDataChunk, index: number, buffer: Float64Array | Int32Array): Values {
  const vector = chunk.getColumnVector(index);
  return buffer instanceof Float64Array
    ? { kind: 'numeric', values: copyNumbers(vector, buffer.subarray(0, chunk.rowCount)) }
    : { kind: 'categorical', ...readTexts(vector, buffer.subarray(0, chunk.rowCount)) };
}

function texts(chunk: DuckDBDataChunk, index: number): (string | null)[] {
  return chunk.getColumnValues(index) as (string | null)[];
}
