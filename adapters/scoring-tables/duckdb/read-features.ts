import type { Cell } from '../../../domain/serving/scorer.port.ts';
import { asCell } from './cell.ts';
import { openConnection } from './connection.ts';
import { identifier, literal } from './sql.ts';

/** Streams a file's feature rows in its own order. Memory: one chunk of 2,048 rows and one batch. */
export async function* readFeatures(
  path: string,
  columns: readonly string[],
  batchRows: number,
): AsyncIterable<readonly (readonly Cell[])[]> {
  const { connection, close } = await openConnection();
  try {
    const result = await connection.stream(`SELECT ${columns.map(identifier).join(', ')} FROM read_parquet(${literal(path)})`);
    let waiting: Cell[][] = [];
    for await (const chunk of result.yieldRowsJs()) {
      waiting.push(...chunk.map((row) => row.map(asCell)));
      while (waiting.length >= batchRows) {
        yield waiting.slice(0, batchRows);
        waiting = waiting.slice(batchRows);
      }
    }
    if (waiting.length > 0) yield waiting;
  } finally {
    close();
  }
}
