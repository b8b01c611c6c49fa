import { createHash, randomUUID } from 'node:crypto';
import { access, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DOUBLE, type DuckDBAppender, type DuckDBConnection, LIST } from '@duckdb/node-api';
import { coarseColumn } from '../../../domain/grid/coarse-column.ts';
import type { Grid, GridColumn } from '../../../domain/grid/grid.ts';
import type { SegmentRows } from '../../../domain/ledger/counting.port.ts';
import { unversioned } from '../../../domain/ledger/unversioned.ts';
import type { Dimension } from '../../../domain/policy/dimension.ts';
import { measuredColumns } from '../../../domain/policy/measure.ts';
import type { Store } from '../../../domain/store/store.port.ts';
import { answerOf } from './answer-of.ts';
import type { Batch, Found, Values, Wanted } from './batch.ts';
import { CoarseCells } from './coarse-cells.ts';
import type { Database } from './database.ts';
import { LeafFinder, wantedOf } from './leaf-finder.ts';
import { partitionNames } from './partition-names.ts';
import { readRows } from './read-rows.ts';
import { SegmentUnusable } from './segment-unusable.ts';
import { literal } from './sql.ts';

/**
 * Join slices: of each segment only what is needed to bring predictions and outcomes together (id, day, version, answer; of predictions the
 * score where they carry one, the leaf where rows are told apart, and where outcomes will come the coarse cell of every column), as Parquet.
 * A pure function of the segment, written once into the store and kept in a folder for DuckDB to read.
 *
 * Predictions: the first row of an id. Outcomes: the last row of an id. Rows that cannot be joined are left out; counting says how many.
 */
export class Slices {
  readonly #database: Database;
  readonly #store: Store;
  readonly #folder: string;

  constructor(database: Database, store: Store, folder: string) {
    this.#database = database;
    this.#store = store;
    this.#folder = folder;
  }

  /** Path of the segment's slice; undefined when the segment cannot be read: then there is nothing to join. */
  async pathOf(rows: SegmentRows, grid?: Grid): Promise<string | undefined> {
    const told = grid === undefined ? nothing : toldOf(rows, grid);
    const name = `${rows.segment.id}-${fingerprint(rows, told)}.parquet`;
    const path = join(this.#folder, name);
    if (await exists(path)) return path;

    await mkdir(this.#folder, { recursive: true });
    const temporary = join(this.#folder, `.${name}-${randomUUID()}`);
    try {
      const kept = await this.#store.get(`slices/${name}`);
      if (kept !== undefined) await writeFile(temporary, kept);
      else {
        await this.#database.connected((reader) =>
          this.#database.connected((writer) => writeSlice(reader, writer, { rows, ...told }, temporary)),
        );
        await this.#store.put(`slices/${name}`, await readFile(temporary));
      }
      await rename(temporary, path);
      return path;
    } catch (cause) {
      if (cause instanceof SegmentUnusable) return undefined;
      throw cause;
    } finally {
      await rm(temporary, { force: true });
    }
  }
}

/** What a slice tells of a prediction or an outcome besides its answer. */
interface Told {
  /** Columns that measures are made of. */
  readonly measured: readonly string[];
  readonly dimensions: readonly Dimension[];
  /** Their coarse cells are told; none where no outcomes will come. */
  readonly columns: readonly GridColumn[];
}

const nothing: Told = { measured: [], dimensions: [], columns: [] };

function toldOf({ segment, awaitsOutcomes }: SegmentRows, grid: Grid): Told {
  const { dimensions = [], columns } = grid;
  if (segment.holds === 'outcomes') return { ...nothing, measured: measuredColumns(grid, 'outcomes') };
  return { measured: measuredColumns(grid, 'predictions'), dimensions, columns: awaitsOutcomes ? columns : [] };
}

/** Slices depend on how the rows are read: another mapping or other cells are another slice. */
function fingerprint({ mapping, answers, clock }: SegmentRows, { measured, dimensions, columns }: Told): string {
  const told = [
    ...(measured.length > 0 ? [{ measured }] : []),
    ...(dimensions.length > 0 ? [dimensions] : []),
    ...(columns.length > 0 ? [columns.map(coarseColumn)] : []),
  ];
  return createHash('sha256')
    .update(JSON.stringify([mapping, answers, ...told, ...(clock ? [clock] : [])]))
    .digest('hex')
    .slice(0, 8);
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

interface Sliced extends Told {
  readonly rows: SegmentRows;
}

/** Reads by one connection and writes by another: an append would end a stream of the same connection. */
async function writeSlice(
  reader: DuckDBConnection,
  writer: DuckDBConnection,
  { rows, measured, dimensions, columns }: Sliced,
  path: string,
): Promise<void> {
  await writer.run(
    'CREATE TEMP TABLE slice (place BIGINT, id VARCHAR, day VARCHAR, version VARCHAR, number DOUBLE, text VARCHAR, score DOUBLE, leaf INTEGER, cells BLOB, measured DOUBLE[])',
  );
  const part = rows.segment.holds === 'outcomes' ? 'label' : 'prediction';
  const isScored = part === 'prediction' && rows.mapping.score !== undefined;
  const score: Wanted[] = isScored ? [{ name: 'score', part: 'score', kind: 'numeric' }] : [];
  const answers: Wanted[] = [{ name: part, part, kind: rows.answers }, ...score];
  const leafColumns = wantedOf(dimensions);
  const gridColumns = columns.map(({ name, role, kind }): Wanted => ({ name, part: role, kind }));
  const measuredAt = answers.length + leafColumns.length + gridColumns.length;
  const measuredNumbers = measured.map((name): Wanted => ({ name, part: 'feature', kind: 'numeric' }));
  const wanted = [...answers, ...leafColumns, ...gridColumns, ...measuredNumbers];
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
      measured: batch.columns.slice(measuredAt),
    });
  appender.flushSync();
  appender.closeSync();
  const kept = rows.segment.holds === 'outcomes' ? 'DESC' : 'ASC';
  await writer.run(`COPY (
    SELECT id, day, version, number, text${isScored ? ', score' : ''}${isDivided ? ', leaf' : ''}${columns.length > 0 ? ', cells' : ''}${measured.length > 0 ? ', measured' : ''} FROM slice
    QUALIFY row_number() OVER (PARTITION BY id ORDER BY place ${kept}) = 1 ORDER BY place
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
