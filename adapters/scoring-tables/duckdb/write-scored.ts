import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { type RowsToScore, scoredColumns } from '../../../domain/gates/scoring-tables.port.ts';
import type { Version } from '../../../domain/identity/names.ts';
import type { Answer, Prediction } from '../../../domain/serving/scorer.port.ts';
import { withConnection } from './connection.ts';
import { identifier, literal } from './sql.ts';

/** See the port. Written beside its place first and renamed, so that a reader finds a whole file or none. */
export async function writeScored(
  to: string,
  rows: RowsToScore,
  version: Version,
  predictions: readonly (Answer | undefined)[],
): Promise<void> {
  const unfinished = `${to}.${randomUUID()}.unfinished`;
  await mkdir(dirname(to), { recursive: true });
  try {
    await withConnection(async (connection) => {
      await loadPredictions(connection, predictions);
      await connection.run(copyStatement(unfinished, rows, version, predictions.some(isScored)));
    });
    await rename(unfinished, to);
  } finally {
    await rm(unfinished, { force: true });
  }
}

async function loadPredictions(connection: DuckDBConnection, predictions: readonly (Answer | undefined)[]): Promise<void> {
  const answered = predictions.flatMap((answer, row) => (answer === undefined ? [] : [{ row, ...partsOf(answer) }]));
  const type = columnType(answered.map(({ prediction }) => prediction));
  await connection.run(`CREATE TABLE predictions (row BIGINT, prediction ${type}, score DOUBLE)`);
  const appender = await connection.createAppender('predictions');
  for (const { row, prediction, score } of answered) {
    appender.appendBigInt(BigInt(row));
    if (type === 'BIGINT') appender.appendBigInt(BigInt(prediction));
    else if (type === 'DOUBLE') appender.appendDouble(Number(prediction));
    else if (type === 'BOOLEAN') appender.appendBoolean(Boolean(prediction));
    else appender.appendVarchar(String(prediction));
    if (score === undefined) appender.appendNull();
    else appender.appendDouble(score);
    appender.endRow();
  }
  appender.closeSync();
}

function isScored(answer: Answer | undefined): boolean {
  return typeof answer === 'object';
}

function partsOf(answer: Answer): { readonly prediction: Prediction; readonly score?: number } {
  return typeof answer === 'object' ? answer : { prediction: answer };
}

/** The narrowest type all predictions fit: classes such as 0 and 1 stay whole numbers. */
function columnType(values: readonly Prediction[]): 'BIGINT' | 'DOUBLE' | 'BOOLEAN' | 'VARCHAR' {
  if (values.every((value) => Number.isSafeInteger(value))) return 'BIGINT';
  if (values.every((value) => typeof value === 'number')) return 'DOUBLE';
  return values.every((value) => typeof value === 'boolean') ? 'BOOLEAN' : 'VARCHAR';
}

function copyStatement(to: string, { path, columns }: RowsToScore, version: Version, isScored: boolean): string {
  const kept = columns.map((name) => `asked.${identifier(name)}`);
  const score = isScored ? `, score AS ${identifier(scoredColumns.score)}` : '';
  return `COPY (
    SELECT ${kept.join(', ')}, ${literal(version)} AS ${identifier(scoredColumns.version)}, prediction AS ${identifier(scoredColumns.prediction)}${score}
    FROM read_parquet(${literal(path)}, file_row_number = true) AS asked JOIN predictions ON asked.file_row_number = predictions.row
    ORDER BY asked.file_row_number
  ) TO ${literal(to)} (FORMAT parquet)`;
}
