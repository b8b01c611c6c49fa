import { join } from 'node:path';
import type { Counting } from '../../../domain/ledger/counting.port.ts';
import type { Store } from '../../../domain/store/store.port.ts';
import { countSegment } from './count-segment.ts';
import { Database } from './database.ts';
import { daysOf } from './days-of.ts';
import { faultOf } from './fault-of.ts';
import { sampleRows } from './sample-rows.ts';
import { SegmentUnusable } from './segment-unusable.ts';
import { Slices } from './slices.ts';
import { worstRows } from './worst-rows.ts';

interface Parts {
  readonly store: Store;
  /** Join slices are kept under `slices/` of it, and can be had again from the store. */
  readonly stateRoot: string;
  readonly threads?: number;
}

/**
 * Counting by DuckDB: it reads the files, cells are found here. Parquet costs about a tenth of JSON lines.
 */
export function createDuckdbCounting({ store, stateRoot, threads = 2 }: Parts): Counting {
  const database = new Database(threads);
  const slices = new Slices(database, store, join(stateRoot, 'slices'));
  return {
    async count(order) {
      try {
        return await countSegment(database, slices, order);
      } catch (cause) {
        if (!(cause instanceof SegmentUnusable)) throw cause;
        const anomalies = cause.fault.code === 'column-missing' ? { 'missing-column': 1 } : { malformed: 1 };
        return { rows: 0, partitions: [], anomalies, fault: cause.fault };
      }
    },

    fault: (rows) => database.connected((connection) => faultOf(connection, rows)),

    async days(rows) {
      const slice = await slices.pathOf(rows);
      return slice === undefined ? [] : database.connected((connection) => daysOf(connection, slice));
    },

    worst: (order) => worstRows(database, slices, order),

    sample: (order) => database.connected((connection) => sampleRows(connection, order)),
  };
}
