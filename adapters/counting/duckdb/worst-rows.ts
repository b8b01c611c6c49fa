import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api';
import { plusDays } from '../../../domain/identity/event-time.ts';
import type { SegmentRows, WorstOrder } from '../../../domain/ledger/counting.port.ts';
import type { Answer } from '../../../domain/ledger/outcome-sum.ts';
import type { RowLoss, WorstRow } from '../../../domain/ledger/worst-rows.ts';
import { logLoss } from '../../../domain/performance/metrics/log-loss.ts';
import type { Database } from './database.ts';
import { idSeparator } from './id-separator.ts';
import type { Slices } from './slices.ts';
import { literal } from './sql.ts';

/**
 * Which predictions of a window were furthest from their outcomes, out of join slices. A prediction counts, and meets its outcome, as it
 * does where segments are counted one by one: the first of an id within the horizon, and the last outcome within it.
 */
export async function worstRows(database: Database, slices: Slices, order: WorstOrder): Promise<{ by: RowLoss; rows: WorstRow[] }> {
  const { predictions, outcomes } = await placeSlices(slices, order);
  const [asked] = order.segments.filter(({ segment }) => segment.holds === 'predictions');
  if (asked === undefined || predictions.length === 0) return { by: 'wrongAnswer', rows: [] };
  return database.connected(async (connection) => {
    await connection.run(labelledSql(order, asked, predictions, outcomes));
    const by = await lossBy(connection, asked);
    const found = await connection.runAndReadAll(`
      SELECT id, day, number, text, score, label.n, label.t, presumed FROM labelled
      WHERE ${{ absoluteError: 'number <> label.n', logLoss: 'true', wrongAnswer: 'text <> label.t' }[by]}
      ORDER BY ${rankSql(by, asked)} day DESC, id LIMIT ${order.most}`);
    return { by, rows: found.getRows().map((row) => toRow(row, by, asked.positive)) };
  });
}

interface PlacedSlice {
  readonly path: string;
  /** In the order of looks. */
  readonly place: number;
  readonly knownAt: string;
  /** Segments known before it are not joined to this one. */
  readonly reach: string;
}

/** Segments that cannot be read have no slice: nothing of them was counted. */
async function placeSlices(slices: Slices, { segments, grid, horizonDays }: WorstOrder) {
  const placed: Record<'predictions' | 'outcomes', PlacedSlice[]> = { predictions: [], outcomes: [] };
  for (const [place, rows] of segments.entries()) {
    const { holds, knownAt } = rows.segment;
    const path = holds === 'held-out' ? undefined : await slices.pathOf(rows, grid);
    if (path !== undefined && holds !== 'held-out') placed[holds].push({ path, place, knownAt, reach: plusDays(knownAt, -horizonDays) });
  }
  return placed;
}

function labelledSql(
  { window, version }: WorstOrder,
  { absent, ...rows }: SegmentRows,
  predictions: readonly PlacedSlice[],
  outcomes: readonly PlacedSlice[],
): string {
  const presumed = `{n: ${typeof absent === 'number' ? absent : 'NULL::DOUBLE'}, t: ${typeof absent === 'string' ? literal(absent) : 'NULL::VARCHAR'}}`;
  return `
    CREATE TEMP TABLE labelled AS
    WITH predicted AS (SELECT id, day, version, number, text, ${isScored(rows) ? 'score' : 'NULL::DOUBLE'} AS score, place, known, reach FROM ${placedSql(predictions)}),
    own AS (
      SELECT * FROM predicted
      WHERE day[1:10] >= ${literal(window.from.slice(0, 10))} AND day[1:10] < ${literal(window.to.slice(0, 10))} AND version = ${literal(version)}
    ),
    made AS (
      SELECT * FROM own
      WHERE NOT EXISTS (SELECT 1 FROM predicted former WHERE former.id = own.id AND former.place < own.place AND former.known >= own.reach)
    ),
    told AS (
      SELECT made.id, made.place, arg_max({n: outcome.number, t: outcome.text}, outcome.place) AS label
      FROM made JOIN ${outcomes.length === 0 ? nothing : placedSql(outcomes)} outcome USING (id)
      WHERE CASE WHEN outcome.place > made.place THEN made.known >= outcome.reach ELSE outcome.known >= made.reach END
      GROUP BY made.id, made.place
    )
    SELECT made.* EXCLUDE (place, known, reach, version), told.id IS NULL AS presumed, CASE WHEN told.id IS NULL THEN ${presumed} ELSE told.label END AS label
    FROM made ${absent === undefined ? '' : 'LEFT'} JOIN told USING (id, place)`;
}

const nothing =
  '(SELECT NULL::VARCHAR AS id, NULL::DOUBLE AS number, NULL::VARCHAR AS text, 0 AS place, NULL::VARCHAR AS known, NULL::VARCHAR AS reach WHERE false)';

/** All rows of the slices, with what is known of their segments. */
function placedSql(slices: readonly PlacedSlice[]): string {
  const segments = slices.map(({ path, place, knownAt, reach }) => `(${literal(path)}, ${place}, ${literal(knownAt)}, ${literal(reach)})`);
  return `(
    SELECT slice.*, segment.place, segment.known, segment.reach
    FROM read_parquet([${slices.map(({ path }) => literal(path)).join(', ')}], filename = true) slice
    JOIN (VALUES ${segments.join(', ')}) segment (filename, place, known, reach) USING (filename)
  )`;
}

/** One score that is no probability says that none of them is meant as one. */
async function lossBy(connection: DuckDBConnection, rows: SegmentRows): Promise<RowLoss> {
  if (rows.answers === 'numeric') return 'absoluteError';
  if (!isScored(rows)) return 'wrongAnswer';
  const counted = await connection.runAndReadAll('SELECT count(*) FILTER (score IS NULL OR score NOT BETWEEN 0 AND 1) FROM labelled');
  return Number(counted.getRows()[0]?.[0]) === 0 ? 'logLoss' : 'wrongAnswer';
}

function isScored({ mapping, positive }: Pick<SegmentRows, 'mapping' | 'positive'>): boolean {
  return mapping.score !== undefined && positive !== undefined;
}

/** The log loss is largest where what happened was given the least probability. */
function rankSql(by: RowLoss, { positive = '' }: SegmentRows): string {
  if (by === 'absoluteError') return 'abs(number - label.n) DESC,';
  return by === 'logLoss' ? `CASE WHEN label.t = ${literal(positive)} THEN score ELSE 1 - score END,` : '';
}

function toRow([id, day, number, text, score, labelNumber, labelText, presumed]: readonly DuckDBValue[], by: RowLoss, positive?: string) {
  const [prediction, outcome] = [number ?? text, labelNumber ?? labelText] as [Answer, Answer];
  const losses = {
    absoluteError: () => Math.min(Math.abs(Number(prediction) - Number(outcome)), Number.MAX_VALUE),
    logLoss: () => logLoss(Number(score), outcome === positive),
    wrongAnswer: () => 1,
  };
  const row: WorstRow = {
    id: String(id).split(idSeparator),
    day: String(day),
    prediction,
    outcome,
    ...(presumed === true && { presumed }),
    ...(typeof score === 'number' && { score }),
    loss: losses[by](),
  };
  return row;
}
