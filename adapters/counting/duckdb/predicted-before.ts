import type { DuckDBConnection } from '@duckdb/node-api';
import { literal } from './sql.ts';

/** Ids of the slice that were predicted before. */
export async function predictedBefore(connection: DuckDBConnection, own: string, predictions: readonly string[]): Promise<Set<string>> {
  if (predictions.length === 0) return new Set();
  const rows = await connection.runAndReadAll(`
    SELECT id FROM read_parquet(${literal(own)}) SEMI JOIN (SELECT id FROM read_parquet([${predictions.map(literal).join(', ')}])) USING (id)`);
  return new Set(rows.getRows().map(([id]) => String(id)));
}
