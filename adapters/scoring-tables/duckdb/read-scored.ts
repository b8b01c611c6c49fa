import { access } from 'node:fs/promises';
import type { ScoredRow } from '../../../domain/gates/scored-row.ts';
import type { ScoredRows } from '../../../domain/gates/scored-rows.ts';
import { scoredColumns } from '../../../domain/gates/scoring-tables.port.ts';
import { idSeparator } from '../../counting/duckdb/id-separator.ts';
import { asCell } from './cell.ts';
import { withConnection } from './connection.ts';
import { identifier, literal } from './sql.ts';

/** Id, time, label, prediction and, where the file has them, query and score of each row. Memory: all rows of these columns. */
export async function readScored({ path, columns }: ScoredRows): Promise<readonly ScoredRow[]> {
  const file = `read_parquet(${literal(path)})`;
  const time = `epoch_ms(CAST(${identifier(columns.time)} AS TIMESTAMPTZ))`;
  const rows = await withConnection(async (connection) => {
    const names = (await connection.run(`SELECT * FROM ${file} LIMIT 0`)).columnNames();
    const score = names.includes(scoredColumns.score) ? [scoredColumns.score] : [];
    const query = (columns.query ?? []).map((name) => `CAST(${identifier(name)} AS VARCHAR)`).join(` || ${literal(idSeparator)} || `);
    const rest = [columns.label, columns.prediction, ...score].map(identifier).join(', ');
    return (
      await connection.run(`SELECT CAST(${identifier(columns.id)} AS VARCHAR), ${time}, ${query || 'NULL'}, ${rest} FROM ${file}`)
    ).getRowsJS();
  });
  return rows.map(([id, at, query, label, prediction, score]) => ({
    id: String(id),
    timeMilliseconds: Number(at),
    label: asCell(label),
    prediction: asCell(prediction),
    ...(typeof query === 'string' && { query }),
    ...(typeof score === 'number' && { score }),
  }));
}

export async function countScored(path: string): Promise<number | undefined> {
  try {
    await access(path);
  } catch {
    return undefined;
  }
  return withConnection(async (connection) => {
    const [row] = await (await connection.run(`SELECT count(*) FROM read_parquet(${literal(path)})`)).getRowsJS();
    return Number(row?.[0]);
  });
}
