import { blobValue, type DuckDBConnection, type DuckDBValue, listValue } from '@duckdb/node-api';
import type { SegmentRows } from '../../../domain/ledger/counting.port.ts';
import { unversioned } from '../../../domain/ledger/unversioned.ts';
import { answerOf } from './answer-of.ts';
import { type Batch, type Found, type Values, type Wanted, wantedOfGrid } from './batch.ts';
import { CoarseCells } from './coarse-cells.ts';
import { LeafFinder, wantedOf } from './leaf-finder.ts';
import { partitionNames } from './partition-names.ts';
import { queryColumns, queryOf } from './query-of.ts';
import { readRows } from './read-rows.ts';
import { SliceTable, type ToldColumn } from './slice-table.ts';
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
  const part = rows.segment.holds === 'outcomes' ? 'label' : 'prediction';
  const isScored = part === 'prediction' && rows.mapping.score !== undefined;
  const score: Wanted[] = isScored ? [{ name: 'score', part: 'score', kind: 'numeric' }] : [];
  const answers: Wanted[] = [{ name: part, part, kind: rows.answers }, ...score];
  const leafColumns = wantedOf(dimensions);
  const gridColumns = wantedOfGrid({ columns });
  const measuredAt = answers.length + leafColumns.length + gridColumns.length;
  const measuredNumbers = measured.map((name): Wanted => ({ name, part: 'feature', kind: 'numeric' }));
  const queryAt = measuredAt + measuredNumbers.length;
  const wanted = [...answers, ...leafColumns, ...gridColumns, ...measuredNumbers, ...queryColumns(query)];
  const finder = new LeafFinder(dimensions, answers.length);
  const coarse = new CoarseCells(columns, answers.length + leafColumns.length);
  const found: Found = { malformed: 0 };
  const nameOf = partitionNames(rows);
  const told = toldColumns({
    score: isScored,
    leaf: dimensions.length > 0,
    cells: columns.length > 0,
    query: query.length > 0,
    measured: measured.length > 0,
  });
  const table = await SliceTable.create(writer, told);
  let place = 0;
  for await (const batch of readRows(reader, rows, wanted, found))
    place = append(table, batch, {
      rows,
      place,
      told,
      nameOf,
      leaves: finder.leavesOf(batch),
      cells: coarse.of(batch),
      width: columns.length,
      query: batch.columns.slice(queryAt),
      measured: batch.columns.slice(measuredAt, queryAt),
    });
  await table.copyTo(path, rows.segment.holds === 'outcomes' ? 'last' : 'first');
}

function toldColumns(isTold: Readonly<Record<ToldColumn, boolean>>): ToldColumn[] {
  return (['score', 'leaf', 'cells', 'query', 'measured'] as const).filter((name) => isTold[name]);
}

interface Appended {
  readonly rows: SegmentRows;
  /** Of the batch's first row. */
  readonly place: number;
  readonly told: readonly ToldColumn[];
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
function append(table: SliceTable, batch: Batch, appended: Appended): number {
  const { rows, place: first, told, nameOf, leaves, cells, width, query, measured } = appended;
  const { segment } = rows;
  const [answers, scores] = batch.columns;
  if (answers === undefined) throw new RangeError('a slice needs the column of answers');
  const values: Readonly<Record<ToldColumn, (row: number) => DuckDBValue>> = {
    score: (row) => (scores && answerOf(scores, row)) ?? null,
    leaf: (row) => leaves[row] as number,
    cells: (row) => blobValue(cells.slice(row * width, (row + 1) * width)),
    query: (row) => queryOf(query, row) ?? null,
    measured: (row) => listValue(measured.map((column) => answerOf(column, row) ?? null)),
  };
  const others = told.map((name) => values[name]);
  for (let row = 0; row < batch.rows; row++) {
    const id = batch.ids[row];
    const answer = answerOf(answers, row);
    const day = nameOf(batch.times[row] as number);
    const joinable = typeof id === 'string' && answer !== undefined && batch.failed?.[row] !== 1;
    if (!joinable || (segment.holds !== 'outcomes' && day === undefined)) continue;
    const version = batch.versions?.[row] ?? segment.version ?? unversioned;
    table.add({ place: first + row, id, day: day ?? '', version, answer }, others, row);
  }
  return first + batch.rows;
}
