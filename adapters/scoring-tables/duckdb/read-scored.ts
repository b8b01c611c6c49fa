import { access } from 'node:fs/promises';
import type { ScoredRow } from '../../../domain/gates/scored-row.ts';
import type { ScoredRows } from '../../../domain/gates/scored-rows.ts';
import { asCell } from './cell.ts';
import { withConnection } from './connection.ts';
import { identifier, literal } from './sql.ts';

/** Id, time, label and prediction of each row. Memory: all rows of four columns. */
export async function readScored({ path, columns }: ScoredRows): Promise<readonly ScoredRow[]> {
  const time = `epoch_ms(CAST(${identifier(columns.time)} AS TIMESTAMPTZ))`;
  const rest = [columns.label, columns.prediction].map(identifier).join(', ');
  const rows = await withConnection(async (connection) =>
    (
      await connection.run(`SELECT CAST(${identifier(columns.id)} AS VARCHAR), ${time}, ${rest} FROM read_parquet(${literal(path)})`)
    ).getRowsJS(),
  );
  return rows.map(([id, at, label, prediction]) => ({
    id: String(id),
    timeMilliseconds: Number(at),
    label: asCell(label),
    prediction: asCell(prediction),
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
