import type { DuckDBConnection, DuckDBDataChunk, DuckDBResult } from '@duckdb/node-api';
import type { SegmentRows } from '../../../domain/ledger/counting.port.ts';
import { absent, type Batch, type Found, rowsPerBatch, type Values, type Wanted, wrongType } from './batch.ts';
import { idSeparator } from './id-separator.ts';
import { copyNumbers } from './raw-vector.ts';
import { instantSql, isNumber, type Relation, rejectedLines, relationOf, textSql, unreadable } from './relation.ts';
import { requireColumns } from './require-columns.ts';
import { identifier, literal } from './sql.ts';
import { TextReader } from './text-reader.ts';
import { type Thinning, thinned } from './thinning.ts';

const millisecondsPerDay = 86_400_000;

/**
 * Reads a Parquet or CSV segment by DuckDB's own chunks.
 *
 * @param thinning of a Parquet file, whose rows are then gathered first, for few are left of each chunk; absent: all rows are read
 */
export async function* readTable(
  connection: DuckDBConnection,
  rows: SegmentRows,
  wanted: readonly Wanted[],
  found: Found,
  thinning?: Thinning,
): AsyncGenerator<Batch> {
  const { segment, mapping } = rows;
  const relation = await relationOf(connection, segment);
  requireColumns(rows, [...relation.types.keys()]);
  for (const name of relation.types.keys()) found.features?.add(name);
  const parts = mapping.id.map((column) => textSql(relation, column));
  const id = parts.length === 0 ? 'NULL::VARCHAR' : parts.join(` || ${literal(idSeparator)} || `);
  const time = mapping.time === undefined ? 'NULL::DOUBLE' : instantSql(relation, mapping.time);
  const version = mapping.version === undefined ? 'NULL::VARCHAR' : textSql(relation, mapping.version);
  const columns = wanted.map((column) => columnSql(relation, columnName(rows, column), column, time));
  const from = thinning === undefined ? relation.sql : thinned(segment.path, thinning);
  const sql = `SELECT ${[id, `coalesce(${time}, 'nan'::DOUBLE)`, version, ...columns].join(', ')} FROM ${from}`;

  const batch = new FilledBatch(rows.mapping, wanted);
  const asked = () => (thinning === undefined ? connection.stream(sql) : connection.run(sql));
  for await (const chunk of chunksOf(asked, segment.path)) {
    if (batch.rows + chunk.rowCount > rowsPerBatch) yield batch.taken();
    batch.append(chunk);
  }
  if (batch.rows > 0) yield batch.taken();
  if (relation.untyped) found.malformed += await rejectedLines(connection);
}

/** Chunks of the answer; DuckDB makes the next one while one is worked on. */
async function* chunksOf(asked: () => Promise<DuckDBResult>, path: string): AsyncGenerator<DuckDBDataChunk> {
  let next: Promise<DuckDBDataChunk | null> | undefined;
  try {
    const result = await asked();
    next = result.fetchChunk();
    for (let chunk = await next; chunk !== null && chunk.rowCount > 0; chunk = await next) {
      next = result.fetchChunk();
      yield chunk;
    }
  } catch (cause) {
    throw unreadable(path, cause);
  } finally {
    await next?.catch(() => undefined);
  }
}

function columnName({ mapping }: SegmentRows, wanted: Wanted): string | undefined {
  return wanted.part === 'feature' ? wanted.name : mapping[wanted.part];
}

function columnSql(relation: Relation, column: string | undefined, { kind, of }: Wanted, time: string): string {
  const type = column === undefined ? undefined : relation.types.get(column);
  if (column === undefined || type === undefined) return kind === 'numeric' ? doubleSql(absent) : 'NULL::VARCHAR';
  if (of === 'time') return ageSql(relation, column, time);
  if (of === 'text') return `coalesce(length(${textSql(relation, column)})::DOUBLE, ${doubleSql(absent)})`;
  return kind === 'numeric' ? numericSql(relation, column, type) : textSql(relation, column);
}

function numericSql(relation: Relation, column: string, type: string): string {
  const name = identifier(column);
  if (isNumber(type)) return `coalesce(${name}::DOUBLE, ${doubleSql(absent)})`;
  const other = relation.untyped ? `coalesce(TRY_CAST(trim(${name}) AS DOUBLE), ${doubleSql(wrongType)})` : doubleSql(wrongType);
  return `CASE WHEN ${name} IS NULL THEN ${doubleSql(absent)} ELSE ${other} END`;
}

/** Days from the column's instant to the row's. */
function ageSql(relation: Relation, column: string, time: string): string {
  const age = `(${time} - ${instantSql(relation, column)}) / ${millisecondsPerDay}`;
  return `CASE WHEN ${identifier(column)} IS NULL OR ${time} IS NULL THEN ${doubleSql(absent)} ELSE coalesce(${age}, ${doubleSql(wrongType)}) END`;
}

function doubleSql(value: number): string {
  return `(${value}::DOUBLE)`;
}

/** Gathers chunks of id, time, version and columns into a batch. */
class FilledBatch {
  readonly #mapping: SegmentRows['mapping'];
  readonly #times = new Float64Array(rowsPerBatch);
  readonly #columns: readonly FilledColumn[];
  #ids: (string | null)[] = [];
  #versions: (string | null)[] = [];
  rows = 0;

  constructor(mapping: SegmentRows['mapping'], wanted: readonly Wanted[]) {
    this.#mapping = mapping;
    this.#columns = wanted.map(({ kind }) =>
      kind === 'numeric'
        ? { kind, values: new Float64Array(rowsPerBatch) }
        : { kind, codes: new Int32Array(rowsPerBatch), reader: new TextReader() },
    );
  }

  append(chunk: DuckDBDataChunk): void {
    if (this.rows === 0) for (const column of this.#columns) if (column.kind === 'categorical') column.reader.beginBatch();
    if (this.#mapping.id.length > 0) for (const id of texts(chunk, 0)) this.#ids.push(id === '' ? null : id);
    copyNumbers(chunk.getColumnVector(1), this.#times, this.rows);
    if (this.#mapping.version !== undefined) this.#versions.push(...texts(chunk, 2));
    for (const [index, column] of this.#columns.entries()) {
      const vector = chunk.getColumnVector(index + 3);
      if (column.kind === 'numeric') copyNumbers(vector, column.values, this.rows);
      else column.reader.read(vector, column.codes, this.rows);
    }
    this.rows += chunk.rowCount;
  }

  /** The rows so far, and begins anew. */
  taken(): Batch {
    const { rows } = this;
    const batch = {
      rows,
      ids: this.#ids,
      times: this.#times.subarray(0, rows),
      ...(this.#mapping.version !== undefined && { versions: this.#versions }),
      columns: this.#columns.map(valuesOf),
    };
    this.rows = 0;
    this.#ids = [];
    this.#versions = [];
    return batch;
  }
}

type FilledColumn =
  | { readonly kind: 'numeric'; readonly values: Float64Array }
  | { readonly kind: 'categorical'; readonly codes: Int32Array; readonly reader: TextReader };

function valuesOf(column: FilledColumn): Values {
  return column.kind === 'numeric' ? column : { kind: column.kind, codes: column.codes, texts: column.reader.texts };
}

function texts(chunk: DuckDBDataChunk, index: number): (string | null)[] {
  return chunk.getColumnValues(index) as (string | null)[];
}
