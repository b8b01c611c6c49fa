import { existsSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

const numericColumns = 40;
const categoricalColumns = 10;

export interface DriftFile {
  readonly rows: number;
  /** Of all that is random. */
  readonly seed: number;
  /** Sigmas by which the first twenty numeric columns are moved. */
  readonly shift: number;
}

/**
 * A Parquet file of 40 numeric and 10 categorical columns, written once into the folder: normal and lognormal numbers, whole numbers, a
 * hundredth of every tenth column missing, 4 to 49 categories of unequal size. Row i depends on the seed and i alone.
 */
export async function driftFile(folder: string, { rows, seed, shift }: DriftFile): Promise<string> {
  const path = join(folder, `rows-${rows}-seed-${seed}-shift-${shift}.parquet`);
  if (existsSync(path)) return path;
  await mkdir(dirname(path), { recursive: true });
  return written(path, `SELECT ${columns(seed, shift).join(', ')} FROM range(${rows}) r(i)`);
}

/** The rows of a drift file as a month of predictions, with their columns, and the outcome of each in a file of its own. */
export async function lateOutcomes(path: string): Promise<{ readonly predictions: string; readonly outcomes: string }> {
  const [predictions, outcomes] = [`${path}.predictions.parquet`, `${path}.outcomes.parquet`];
  const from = `FROM read_parquet('${path}', file_row_number = true)`;
  const at = `TIMESTAMP '2024-01-01' + to_seconds(2 * file_row_number) AS at`;
  if (!existsSync(predictions))
    await written(predictions, `SELECT 'id' || file_row_number AS id, ${at}, * EXCLUDE (n0, file_row_number), n0 AS prediction ${from}`);
  if (!existsSync(outcomes)) await written(outcomes, `SELECT 'id' || file_row_number AS id, n0 + 0.3 * n1 AS label ${from}`);
  return { predictions, outcomes };
}

/** All rows of a file so many times over, in a file beside it. */
export async function repeatedFile(path: string, times: number): Promise<string> {
  const copies = Array.from({ length: times }, () => `SELECT * FROM read_parquet('${path}')`);
  const repeated = `${path}.times-${times}.parquet`;
  return existsSync(repeated) ? repeated : written(repeated, copies.join(' UNION ALL '));
}

async function written(path: string, sql: string): Promise<string> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  await connection.run(`COPY (${sql}) TO '${path}.part' (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
  await rename(`${path}.part`, path);
  return path;
}

/** One number is hashed for each uniform value: DuckDB's hashes of several differ by a constant only. */
function columns(seed: number, shift: number): string[] {
  const uniform = (stream: number) => `((hash((${seed}::BIGINT << 50) + (i << 10) + ${stream}) >> 11) + 0.5) / 9007199254740992.0`;
  const normal = (column: number) => `sqrt(-2 * ln(${uniform(2 * column)})) * cos(2 * pi() * ${uniform(2 * column + 1)})`;
  const numbers = Array.from({ length: numericColumns }, (_, column) => {
    const moved = `(${normal(column)} + ${column < 20 ? shift : 0})`;
    const value = column % 4 === 3 ? `exp(${moved})` : column % 4 === 2 ? `floor(10 * exp(0.3 * ${moved}))` : moved;
    return `${column % 10 === 9 ? `CASE WHEN ${uniform(200 + column)} < 0.01 THEN NULL ELSE ${value} END` : value} AS n${column}`;
  });
  const categories = Array.from(
    { length: categoricalColumns },
    (_, column) => `'c' || floor(${uniform(100 + column)} * ${uniform(120 + column)} * ${4 + 5 * column})::INT AS k${column}`,
  );
  return [...numbers, ...categories];
}
