import type { DuckDBConnection } from '@duckdb/node-api';
import type { SegmentRows } from '../../../domain/ledger/counting.port.ts';
import type { SegmentFault } from '../../../domain/ledger/entry.ts';
import { readLines } from './read-lines.ts';
import { relationOf } from './relation.ts';
import { requireColumns } from './require-columns.ts';
import { SegmentUnusable } from './segment-unusable.ts';

/** What speaks against reading a segment, by the names of its columns alone. */
export async function faultOf(connection: DuckDBConnection, rows: SegmentRows): Promise<SegmentFault | undefined> {
  try {
    if (rows.segment.format === 'ndjson') for await (const _ of readLines(rows, [], { malformed: 0 }));
    else requireColumns(rows, [...(await relationOf(connection, rows.segment)).types.keys()]);
    return undefined;
  } catch (cause) {
    if (cause instanceof SegmentUnusable) return cause.fault;
    throw cause;
  }
}
