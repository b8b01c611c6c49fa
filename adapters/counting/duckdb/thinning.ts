import type { DuckDBConnection } from '@duckdb/node-api';
import type { SampleOrder, SegmentRows } from '../../../domain/ledger/counting.port.ts';
import { instantSql, type Relation, relationOf } from './relation.ts';
import { literal } from './sql.ts';

/** Every so many rows of a file one, counted over all files: `before` rows stand in those before it. */
export interface Thinning {
  readonly every: number;
  readonly before: number;
}

/**
 * Which rows of each file a sample of fewer than `mostRows` takes, where that can be told without reading them: of Parquet files every
 * row of which lies in the window. Only their columns of times are read.
 *
 * @returns undefined where the rows must be read to know
 */
export async function thinningsOf(connection: DuckDBConnection, order: SampleOrder, mostRows: number): Promise<Thinning[] | undefined> {
  const before: number[] = [];
  let rows = 0;
  for (const file of order.rows) {
    const held = await rowsAllMeant(connection, file, order.window);
    if (held === undefined) return undefined;
    before.push(rows);
    rows += held;
  }
  let every = 1;
  while (Math.ceil(rows / every) >= mostRows) every *= 2;
  return before.map((seen) => ({ every, before: seen }));
}

async function rowsAllMeant(connection: DuckDBConnection, rows: SegmentRows, window: SampleOrder['window']): Promise<number | undefined> {
  if (rows.segment.format !== 'parquet') return undefined;
  const relation = await relationOf(connection, rows.segment);
  if ([...relation.types.keys()].some((name) => name.toLowerCase() === rowNumber)) return undefined;
  const counted = await connection.runAndReadAll(`SELECT count(*), ${meantSql(relation, rows, window)} FROM ${relation.sql}`);
  const [all, meant] = (counted.getRows()[0] ?? []).map(Number);
  return all === meant ? all : undefined;
}

function meantSql(relation: Relation, { mapping }: SegmentRows, window: SampleOrder['window']): string {
  if (mapping.time === undefined) return 'count(*)';
  const time = instantSql(relation, mapping.time);
  return window === undefined
    ? `count(${time})`
    : `count(*) FILTER (${time} >= ${Date.parse(window.from)} AND ${time} < ${Date.parse(window.to)})`;
}

const rowNumber = 'file_row_number';

/** What stands after FROM: the rows of a Parquet file that are taken. */
export function thinned(path: string, { every, before }: Thinning): string {
  return `read_parquet(${literal(path)}, ${rowNumber} = true) WHERE (${rowNumber} + ${before}) % ${every} = 0`;
}
