import type { DuckDBConnection } from '@duckdb/node-api';
import type { Version } from '../../../domain/identity/names.ts';
import type { PredictedDay } from '../../../domain/ledger/counting.port.ts';
import { literal } from './sql.ts';

/** Predictions of each day and version in a join slice, ascending. */
export async function daysOf(connection: DuckDBConnection, slice: string): Promise<PredictedDay[]> {
  const rows = await connection.runAndReadAll(
    `SELECT day, version, count(*) FROM read_parquet(${literal(slice)}) GROUP BY day, version ORDER BY day, version`,
  );
  return rows.getRows().map(([day, version, count]) => ({ day: String(day), version: String(version) as Version, rows: Number(count) }));
}
