import { randomUUID } from 'node:crypto';
import { access, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Grid } from '../../../domain/grid/grid.ts';
import type { SegmentRows } from '../../../domain/ledger/counting.port.ts';
import type { Store } from '../../../domain/store/store.port.ts';
import type { Database } from './database.ts';
import { SegmentUnusable } from './segment-unusable.ts';
import { fingerprint, toldOf } from './told-by-slice.ts';
import { writeSlice } from './write-slice.ts';

/**
 * Join slices: of each segment only what is needed to bring predictions and outcomes together (id, day, version, answer; of predictions the
 * score where they carry one, the leaf where rows are told apart, the query where they are items of one, and where outcomes will come the coarse cell of every column), as Parquet.
 * A pure function of the segment, written once into the store and kept in a folder for DuckDB to read.
 *
 * Predictions: the first row of an id. Outcomes: the last row of an id. Rows that cannot be joined are left out; counting says how many.
 * They name single rows: the folder is its owner's alone.
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
    const told = toldOf(rows, grid);
    const name = `${rows.segment.id}-${fingerprint(rows, told)}.parquet`;
    const path = join(this.#folder, name);
    if (await exists(path)) return path;

    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
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

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
