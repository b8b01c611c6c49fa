import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api';
import type { Grid } from '../../../domain/grid/grid.ts';
import type { Answer } from '../../../domain/ledger/outcome-sum.ts';
import { type MeasuredColumn, measuredColumns } from '../../../domain/policy/measure.ts';
import type { Labelled, Predicted } from './pair-sum.ts';
import { literal } from './sql.ts';

/** The slices that are brought together. */
export interface SlicesToPair {
  /** Slice of the segment that is counted. */
  readonly own: string;
  /** Slices before it, in order. */
  readonly predictions: readonly string[];
  readonly outcomes: readonly string[];
  /** Slices of predictions have a column of scores. */
  readonly scored: boolean;
  /** Where it has dimensions, slices of predictions have a column of leaves. */
  readonly grid: Grid;
  /** Slices of predictions have a column of the grid's coarse cells. */
  readonly hasCells: boolean;
}

/** A new prediction, and the outcome that waits for it. */
export interface NewPrediction {
  readonly predicted: Predicted;
  readonly known?: Labelled & {
    /** Place in the list of the slice in which it waited first. */
    readonly first: number;
  };
}

/** A new outcome, the prediction it belongs to, and what was known of it before. */
export interface NewOutcome {
  readonly labelled: Labelled;
  readonly predicted?: Predicted;
  readonly former?: Labelled;
}

/**
 * Predictions of the segment, each with the latest of the outcomes before it. An id that was predicted before is not new: the first prediction
 * counts.
 *
 * @param alone whether those without an outcome are given too
 */
export async function* newPredictions(connection: DuckDBConnection, slices: SlicesToPair, alone: boolean): AsyncGenerator<NewPrediction[]> {
  const { own, predictions, outcomes, scored } = slices;
  const fresh = predictions.length === 0 ? '' : `WHERE id NOT IN (SELECT id FROM read_parquet([${predictions.map(literal).join(', ')}]))`;
  const chunks = chunksOf(
    connection,
    `
    WITH known AS (SELECT id, min(place) AS first, arg_max({n: number, t: text, m: ${measuredSql(slices, 'outcomes', 'measured')}}, place) AS label FROM ${inOrder(outcomes)} GROUP BY id)
    SELECT own.day, own.version, own.number, own.text, ${scored ? 'own.score' : 'NULL'}, ${leafSql(slices, 'own.leaf')}, ${cellsSql(slices, 'own.cells')}, ${measuredSql(slices, 'predictions', 'own.measured')}, known.label.n, known.label.t, known.label.m, known.first
    FROM (SELECT * FROM read_parquet(${literal(own)}) ${fresh}) own ${alone ? 'LEFT' : ''} JOIN known USING (id)`,
  );
  for await (const chunk of chunks)
    yield chunk.map(([day, version, number, text, score, leaf, cells, measured, labelNumber, labelText, labelMeasured, first]) => {
      const predicted = { partition: `${day} ${version}`, prediction: answer(number, text), score, leaf, cells, measured };
      if (first === null) return { predicted };
      return { predicted, known: { label: answer(labelNumber, labelText), measured: labelMeasured, first: Number(first) - 1 } };
    });
}

/** Outcomes of the segment, each with the first of the predictions and the latest of the outcomes before it. */
export async function* newOutcomes(connection: DuckDBConnection, slices: SlicesToPair): AsyncGenerator<NewOutcome[]> {
  const { own, predictions, outcomes, scored } = slices;
  const chunks = chunksOf(
    connection,
    `
    WITH own AS (SELECT * FROM read_parquet(${literal(own)})),
    made AS (${onlyOfEachId(predictions, 'min')}),
    former AS (${onlyOfEachId(outcomes, 'max')})
    SELECT own.number, own.text, ${measuredSql(slices, 'outcomes', 'own.measured')}, made.day, made.version, made.number, made.text, ${scored ? 'made.score' : 'NULL::DOUBLE'}, ${leafSql(slices, 'made.leaf')}, ${cellsSql(slices, 'made.cells')}, ${measuredSql(slices, 'predictions', 'made.measured')}, former.number, former.text, ${measuredSql(slices, 'outcomes', 'former.measured')}
    FROM own LEFT JOIN made USING (id) LEFT JOIN former USING (id)`,
  );
  for await (const chunk of chunks)
    yield chunk.map(
      ([number, text, told, day, version, madeNumber, madeText, score, leaf, cells, measured, formerNumber, formerText, formerTold]) => {
        const [prediction, former] = [answer(madeNumber, madeText), answer(formerNumber, formerText)];
        return {
          labelled: { label: answer(number, text), measured: told },
          ...(prediction !== undefined && { predicted: { partition: `${day} ${version}`, prediction, score, leaf, cells, measured } }),
          ...(former !== undefined && { former: { label: former, measured: formerTold } }),
        };
      },
    );
}

/** Chunk by chunk, so that memory stays flat whatever the number of pairs; rows are not awaited one by one, which takes longer than all else. */
async function* chunksOf(connection: DuckDBConnection, sql: string): AsyncGenerator<(readonly DuckDBValue[])[]> {
  const result = await connection.stream(sql);
  for (let chunk = await result.fetchChunk(); chunk !== null && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    const columns = chunk.getColumns();
    yield Array.from({ length: chunk.rowCount }, (_, row) => columns.map((values) => values[row] as DuckDBValue));
  }
}

/** The same, row by row. */
export async function* rowsOf(connection: DuckDBConnection, sql: string): AsyncGenerator<readonly DuckDBValue[]> {
  for await (const chunk of chunksOf(connection, sql)) yield* chunk;
}

/** The row of each id of `own` in the first or the last of the slices that have it. A slice has no id twice. */
function onlyOfEachId(slices: readonly string[], which: 'min' | 'max'): string {
  const rows = `${inOrder(slices)} SEMI JOIN own USING (id)`;
  if (slices.length < 2) return `SELECT * FROM ${rows}`;
  return `SELECT * FROM ${rows} JOIN (SELECT id, ${which}(place) AS place FROM ${rows} GROUP BY id) USING (id, place)`;
}

/** All rows of the slices, with the slice's place in the list. */
export function inOrder(slices: readonly string[]): string {
  if (slices.length === 0) {
    return `(SELECT NULL::VARCHAR AS id, NULL::VARCHAR AS day, NULL::VARCHAR AS version, NULL::DOUBLE AS number, NULL::VARCHAR AS text, NULL::DOUBLE AS score, NULL::INTEGER AS leaf, NULL::BLOB AS cells, NULL::VARCHAR AS query, NULL::DOUBLE[] AS measured, 0 AS place WHERE false)`;
  }
  const list = `[${slices.map(literal).join(', ')}]`;
  return `(SELECT *, list_position(${list}, filename) AS place FROM read_parquet(${list}, filename = true))`;
}

function answer(number: unknown, text: unknown): Answer | undefined {
  if (typeof number === 'number') return number;
  return typeof text === 'string' ? text : undefined;
}

/** Rows that are not told apart are all in leaf 0. */
export function leafSql({ grid }: Pick<SlicesToPair, 'grid'>, column: string): string {
  return grid.dimensions && grid.dimensions.length > 0 ? column : '0';
}

function cellsSql({ hasCells }: SlicesToPair, column: string): string {
  return hasCells ? column : 'NULL::BLOB';
}

function measuredSql({ grid }: SlicesToPair, from: MeasuredColumn['in'], column: string): string {
  return measuredColumns(grid, from).length > 0 ? column : 'NULL::DOUBLE[]';
}
