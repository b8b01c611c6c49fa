import type { DuckDBConnection } from '@duckdb/node-api';
import type { Version } from '../../../domain/identity/names.ts';
import type { CountOrder } from '../../../domain/ledger/counting.port.ts';
import type { Partition } from '../../../domain/ledger/entry.ts';
import { QueryChanges, type QueryItem } from '../../../domain/ledger/query-changes.ts';
import { unversioned } from '../../../domain/ledger/unversioned.ts';
import { answerOf } from './answer-of.ts';
import type { Values, Wanted } from './batch.ts';
import { LeafFinder, wantedOf } from './leaf-finder.ts';
import { partitionNames } from './partition-names.ts';
import { queryColumns, queryOf } from './query-of.ts';
import { readRows } from './read-rows.ts';

/** Queries of rows that carry their own outcomes, by day and version of each query's first row. Memory: an item a row. */
export async function heldOutQueries(connection: DuckDBConnection, order: CountOrder): Promise<readonly Partition[]> {
  const queries = new Map<string, QueryItem[]>();
  for await (const [query, item] of itemsOf(connection, order)) {
    const items = queries.get(query) ?? [];
    items.push(item);
    queries.set(query, items);
  }
  const changes = new QueryChanges(order.grid, undefined);
  for (const items of queries.values()) changes.add(items);
  return changes.partitions();
}

async function* itemsOf(connection: DuckDBConnection, order: CountOrder): AsyncGenerator<readonly [query: string, QueryItem]> {
  const { grid, segment, answers } = order;
  const { dimensions = [], ranking } = grid;
  const wanted: Wanted[] = [
    { name: 'prediction', part: 'prediction', kind: answers },
    { name: 'label', part: 'label', kind: answers },
    ...queryColumns(ranking?.query ?? []),
    ...wantedOf(dimensions),
  ];
  const leavesAt = wanted.length - wantedOf(dimensions).length;
  const finder = new LeafFinder(dimensions, leavesAt);
  const nameOf = partitionNames(order);
  for await (const batch of readRows(connection, order, wanted, { malformed: 0 })) {
    const leaves = finder.leavesOf(batch);
    const [predictions, labels, ...names] = batch.columns.slice(0, leavesAt) as [Values, Values, ...Values[]];
    for (let row = 0; row < batch.rows; row++) {
      const [score, label, query] = [answerOf(predictions, row), answerOf(labels, row), queryOf(names, row)];
      const [id, day] = [batch.ids[row], nameOf(batch.times[row] as number)];
      if (typeof id !== 'string' || day === undefined || query === undefined || typeof score !== 'number') continue;
      const version = (batch.versions?.[row] ?? segment.version ?? unversioned) as Version;
      const known = typeof label === 'number' ? label : undefined;
      yield [query, { id, day, version, leaf: leaves[row] as number, score, isNew: true, former: undefined, label: known }];
    }
  }
}
