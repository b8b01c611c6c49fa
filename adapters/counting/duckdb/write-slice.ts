import { DOUBLE, type DuckDBAppender, type DuckDBConnection, LIST } from '@duckdb/node-api';
import type { SegmentRows } from '../../../domain/ledger/counting.port.ts';
import { unversioned } from '../../../domain/ledger/unversioned.ts';
import { answerOf } from './answer-of.ts';
import type { Batch, Found, Values, Wanted } from './batch.ts';
import { CoarseCells } from './coarse-cells.ts';
import { LeafFinder, wantedOf } from './leaf-finder.ts';
import { partitionNames } from './partition-names.ts';
import { queryColumns, queryOf } from './query-of.ts';
import { readRows } from './read-rows.ts';
import { literal } from './sql.ts';
import type { Told } from './told-by-slice.ts';

interface Sliced extends Told {
  readonly rows: SegmentRows;
}

/** Reads by one connection and writes by another: an append would end a stream of the same connection. */
export async function writeSlice(
  reader: DuckDBConnection,
  writer: DuckDBConnection,
  { rows, query, measured, dimensions, columns }: Sliced,
  path: string,
): Promise<void> {
  await writer.run(
    'CREATE TEMP TABLE slice (place BIGINT, id VARCHAR, day VARCHAR, version VARCHAR, number DOUBLE, text VARCHAR, score DOUBLE, leaf INTEGER, cells BLOB, query VARCHAR, measured DOUBLE[])',
  );
  const part = rows.segment.holds === 'outcomes' ? 'label' : 'prediction';
  const isScored = part === 'prediction' && rows.mapping.score !== undefined;
  const score: Wanted[] = isScored ? [{ name: 'score', part: 'score', kind: 'numeric' }] : [];
  const answers: Wanted[] = [{ name: part, part, kind: rows.answers }, ...score];
  const leafColumns = wantedOf(dimensions);
  const gridColumns = columns.map(({ name, role, kind }): Wanted => ({ name, part: role, kind }));
  const measuredAt = answers.length + leafColumns.length + gridColumns.length;
  const measuredNumbers = measured.map((name): Wanted => ({ name, part: 'feature', kind: 'numeric' }));
  const queryAt = measuredAt + measuredNumbers.length;
  const wanted = [...answers, ...leafColumns, ...gridColumns, ...measuredNumbers, ...queryColumns(query)];
  const isDivided = dimensions.length > 0;
  const finder = new LeafFinder(dimensions, answers.length);
  const coarse = new CoarseCells(columns, answers.length + leafColumns.length);
  const found: Found = { malformed: 0 };
  const nameOf = partitionNames(rows);
  const appender = await writer.createAppender('slice');
  let place = 0;
  for await (const batch of readRows(reader, rows, wanted, found))
    place = append(appender, batch, {
      rows,
      place,
      isScored,
      nameOf,
      leaves: finder.leavesOf(batch),
      cells: coarse.of(batch),
      width: columns.length,
      query: batch.columns.slice(queryAt),
      measured: batch.columns.slice(measuredAt, queryAt),
    });
  appender.flushSync();
  appender.closeSync();
  const kept = rows.segment.holds === 'outcomes' ? 'max' : 'min';
  await writer.run(`COPY (
    SELECT id, day, version, number, text${isScored ? ', score' : ''}${isDivided ? ', leaf' : ''}${columns.length > 0 ? ', cells' : ''}${query.length > 0 ? ', query' : ''}${measured.length > 0 ? ', measured' : ''} FROM slice
    WHERE place IN (SELECT ${kept}(place) FROM slice GROUP BY id)
  ) TO ${literal(path)} (FORMAT parquet, COMPRESSION zstd)`);
}

interface Appended {
  readonly rows: SegmentRows;
  /** Of the batch's first row. */
  readonly place: number;
  readonly isScored: boolean;
  /** Of the partition of an instant. */
  readonly nameOf: (instant: number) => string | undefined;
  readonly leaves: Uint16Array;
  /** `width` of them a row. */
  readonly cells: Uint8Array;
  readonly width: number;
  readonly query: readonly Values[];
  readonly measured: readonly Values[];
}

/** @returns the place of the next batch's first row */
function append(appender: DuckDBAppender, batch: Batch, appended: Appended): number {
  const {
    rows: { segment },
    place: first,
    isScored,
    nameOf,
    leaves,
    cells,
    width,
    query,
    measured,
  } = appended;
  const [answers, scores] = batch.columns;
  if (answers === undefined) throw new RangeError('a slice needs the column of answers');
  for (let row = 0; row < batch.rows; row++) {
    const id = batch.ids[row];
    const answer = answerOf(answers, row);
    const day = nameOf(batch.times[row] as number);
    const joinable = typeof id === 'string' && answer !== undefined && batch.failed?.[row] !== 1;
    if (!joinable || (segment.holds !== 'outcomes' && day === undefined)) continue;
    appender.appendBigInt(BigInt(first + row));
    appender.appendVarchar(id);
    appender.appendVarchar(day ?? '');
    appender.appendVarchar(batch.versions?.[row] ?? segment.version ?? unversioned);
    if (typeof answer === 'number') appender.appendDouble(answer);
    else appender.appendNull();
    if (typeof answer === 'string') appender.appendVarchar(answer);
    else appender.appendNull();
    const score = isScored && scores ? answerOf(scores, row) : undefined;
    if (typeof score === 'number') appender.appendDouble(score);
    else appender.appendNull();
    appender.appendInteger(leaves[row] as number);
    appender.appendBlob(cells.subarray(row * width, (row + 1) * width));
    const named = queryOf(query, row);
    if (named === undefined) appender.appendNull();
    else appender.appendVarchar(named);
    if (measured.length === 0) appender.appendNull();
    else
      appender.appendList(
        measured.map((column) => answerOf(column, row) ?? null),
        LIST(DOUBLE),
      );
    appender.endRow();
  }
  return first + batch.rows;
}
