import type { DuckDBConnection } from '@duckdb/node-api';
import type { SegmentRows } from '../../../domain/ledger/counting.port.ts';
import type { PreparationOrder } from '../../../domain/training/preparation.port.ts';
import { discoverColumns } from '../../counting/duckdb/discover-columns.ts';
import { idSeparator } from '../../counting/duckdb/id-separator.ts';
import { instantSql, type Relation, relationOf, textSql } from '../../counting/duckdb/relation.ts';
import { requireDistinct } from '../../counting/duckdb/require-distinct.ts';
import type { Slices } from '../../counting/duckdb/slices.ts';
import { identifier, literal } from '../../counting/duckdb/sql.ts';

/** A feature and its DuckDB type in the prepared files. */
export interface Feature {
  readonly name: string;
  readonly type: string;
}

/** DuckDB type of each feature, by name. */
export type FeatureTypes = ReadonlyMap<string, string>;

export function castFeatures(cast: 'CAST' | 'TRY_CAST', types: FeatureTypes): string[] {
  return [...types].map(([name, type]) => `${cast}(${identifier(name)} AS ${type}) AS ${identifier(name)}`);
}

/** Records of production: `records(place, __id, __time, each feature as text)`, still unlabelled. */
export async function recordTable(connection: DuckDBConnection, order: PreparationOrder, features: readonly Feature[]): Promise<void> {
  const columns = features.map(({ name }) => `${identifier(name)} VARCHAR`);
  await connection.run(`CREATE TEMP TABLE records (${['place BIGINT', '__id VARCHAR', '__time DOUBLE', ...columns].join(', ')})`);
  for (const [place, rows] of order.predictions.entries()) {
    await connection.run(`INSERT INTO records SELECT ${place}, * FROM (${await recordSql(connection, rows, features)})`);
  }
}

async function recordSql(connection: DuckDBConnection, rows: SegmentRows, features: readonly Feature[]): Promise<string> {
  const { segment, mapping } = rows;
  if (segment.format !== 'ndjson') return tableSql(await relationOf(connection, segment), rows, features);
  const lines = `(SELECT TRY_CAST(json AS JSON) AS json FROM read_csv(${literal(segment.path)}, auto_detect = false, header = false,
    delim = '\\x01', quote = '', escape = '', columns = {'json': 'VARCHAR'}, max_line_size = 16777216))`;
  const at = (path: readonly string[]) => `json_extract_string(json, ${literal(`$${path.map((part) => `."${part}"`).join('')}`)})`;
  const id = mapping.id.map((column) => at([column])).join(` || ${literal(idSeparator)} || `);
  const values = features.map(({ name }) => at(mapping.layout === 'nested' ? ['features', name] : [name]));
  const answered = mapping.status === undefined ? 'true' : `coalesce(TRY_CAST(${at([mapping.status])} AS BIGINT) < 400, true)`;
  const time = `epoch_ms(TRY_CAST(${at([mapping.time ?? 'time'])} AS TIMESTAMPTZ))::DOUBLE`;
  return `SELECT ${[id, time, ...values].join(', ')} FROM ${lines} WHERE json IS NOT NULL AND ${answered}`;
}

function tableSql(relation: Relation, { mapping }: SegmentRows, features: readonly Feature[]): string {
  const id = mapping.id.map((column) => textSql(relation, column)).join(` || ${literal(idSeparator)} || `);
  const values = features.map(({ name }) => (relation.types.has(name) ? `CAST(${identifier(name)} AS VARCHAR)` : 'NULL::VARCHAR'));
  return `SELECT ${[id, instantSql(relation, mapping.time ?? ''), ...values].join(', ')} FROM ${relation.sql}`;
}

/** Labels as they are known now: `labels(__id, number, text)`; the last outcome of an id counts. */
export async function labelTable(connection: DuckDBConnection, order: PreparationOrder, slices: Slices): Promise<void> {
  const paths: string[] = [];
  for (const rows of order.outcomes) {
    const path = await slices.pathOf(rows);
    if (path !== undefined) paths.push(path);
  }
  if (paths.length === 0) {
    await connection.run('CREATE TEMP TABLE labels (__id VARCHAR, number DOUBLE, text VARCHAR)');
    return;
  }
  const list = `[${paths.map(literal).join(', ')}]`;
  await connection.run(`CREATE TEMP TABLE labels AS SELECT id AS __id, number, text FROM read_parquet(${list}, filename = true)
    QUALIFY row_number() OVER (PARTITION BY id ORDER BY list_position(${list}, filename) DESC) = 1`);
}

/**
 * Features of the records where there is no history to say their types: numbers as DOUBLE, all else as text; and what names queries.
 *
 * @throws SegmentUnusable where their names differ only in capitals
 */
export async function recordFeatures(connection: DuckDBConnection, order: PreparationOrder): Promise<Feature[]> {
  const wanted = await discoverColumns(connection, { rows: order.predictions, declared: {} });
  const features = wanted
    .filter(({ part, name }) => part === 'feature' && !order.ignored.includes(name))
    .map(({ name, kind }) => ({ name, type: kind === 'numeric' ? 'DOUBLE' : 'VARCHAR' }));
  requireDistinct(
    order.predictions.map(({ segment }) => segment.path).join(', '),
    features.map(({ name }) => name),
  );
  return [...features, ...(order.query ?? []).map((name) => ({ name, type: 'VARCHAR' }))];
}
