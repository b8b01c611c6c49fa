import type { DuckDBConnection } from '@duckdb/node-api';
import type { SegmentRows } from '../../../domain/ledger/counting.port.ts';
import type { Batch, Found, Wanted } from './batch.ts';
import { readLines } from './read-lines.ts';
import { readTable } from './read-table.ts';

/**
 * The rows of a segment in the order in which they stand in the file, up to 2,048 at a time.
 *
 * @throws SegmentUnusable when the file cannot be read or lacks a column that every row must have
 */
export function readRows(connection: DuckDBConnection, rows: SegmentRows, wanted: readonly Wanted[], found: Found): AsyncGenerator<Batch> {
  return rows.segment.format === 'ndjson' ? readLines(rows, wanted, found) : readTable(connection, rows, wanted, found);
}
