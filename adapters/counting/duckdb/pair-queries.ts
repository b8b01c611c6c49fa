import type { DuckDBConnection } from '@duckdb/node-api';
import type { Version } from '../../../domain/identity/names.ts';
import type { Partition } from '../../../domain/ledger/entry.ts';
import { QueryChanges, type QueryItem } from '../../../domain/ledger/query-changes.ts';
import type { SumOrder } from './pair-sum.ts';
import { inOrder, leafSql, rowsOf, type SlicesToPair } from './slices-side-by-side.ts';
import { literal } from './sql.ts';

export type QueryOrder = Pick<SlicesToPair, 'own' | 'predictions' | 'outcomes' | 'grid'> & Pick<SumOrder, 'absent'>;

export interface ChangedQueries {
  /** By day and version of each query's first item, in no order. */
  readonly partitions: readonly Partition[];
  /** Predictions of the segment that name no query. */
  readonly nameless: number;
}

/**
 * What a segment changes of the queries it touches, which are read whole from the slices before it. DuckDB puts items of a query side by side,
 * so memory stays flat whatever their number.
 */
export async function changeQueries(
  connection: DuckDBConnection,
  order: QueryOrder,
  holds: 'predictions' | 'outcomes',
): Promise<ChangedQueries> {
  const changes = new QueryChanges(order.grid, order.absent);
  let [items, name] = [[] as QueryItem[], ''];
  for await (const [version, query, day, id, score, leaf, isNew, former, label] of rowsOf(connection, itemsSql(order, holds))) {
    if (`${version} ${query}` !== name) {
      if (items.length > 0) changes.add(items);
      [items, name] = [[], `${version} ${query}`];
    }
    items.push({
      id: String(id),
      day: String(day),
      version: String(version) as Version,
      leaf: Number(leaf),
      score: Number(score),
      isNew: isNew === true,
      former: typeof former === 'number' ? former : undefined,
      label: typeof label === 'number' ? label : undefined,
    });
  }
  if (items.length > 0) changes.add(items);
  return { partitions: changes.partitions(), nameless: holds === 'predictions' ? await namelessOf(connection, order.own) : 0 };
}

/** Items of the touched queries with their labels before and now. Of an id that was predicted twice the first prediction counts. */
function itemsSql(order: QueryOrder, holds: 'predictions' | 'outcomes'): string {
  const { own, predictions, outcomes } = order;
  const made = holds === 'predictions' ? [...predictions, own] : predictions;
  const isOwn = holds === 'predictions' ? `made.place = ${made.length}` : 'false';
  const touched = holds === 'predictions' ? `FROM made WHERE ${isOwn}` : 'FROM made SEMI JOIN own USING (id) WHERE true';
  const now = holds === 'predictions' ? 'known.label' : 'coalesce(own.number, known.label)';
  return `
    WITH own AS (SELECT id, number FROM read_parquet(${literal(own)})),
    made AS (SELECT id, day, version, query, number, ${leafSql(order, 'leaf')} AS leaf, place FROM ${inOrder(made)}),
    touched AS (SELECT DISTINCT version, query ${touched} AND query IS NOT NULL),
    held AS (SELECT * FROM made SEMI JOIN touched USING (version, query)),
    firsts AS (SELECT id, min(place) AS place FROM made SEMI JOIN held USING (id) GROUP BY id),
    known AS (SELECT id, arg_max(number, place) AS label FROM ${inOrder(outcomes)} SEMI JOIN held USING (id) GROUP BY id)
    SELECT made.version, made.query, made.day, made.id, made.number, made.leaf, ${isOwn}, known.label, ${now}
    FROM (SELECT * FROM held SEMI JOIN firsts USING (id, place)) made LEFT JOIN known USING (id) LEFT JOIN own USING (id)
    ORDER BY made.version, made.query`;
}

async function namelessOf(connection: DuckDBConnection, own: string): Promise<number> {
  const counted = await connection.runAndReadAll(`SELECT count(*) FROM read_parquet(${literal(own)}) WHERE query IS NULL`);
  return Number(counted.getRows()[0]?.[0] ?? 0);
}
