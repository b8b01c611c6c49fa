import { SegmentUnusable } from '../adapters/counting/duckdb/segment-unusable.ts';
import { TableUnusable } from '../adapters/source/files/find-tables.ts';

/** Runs some work on tables; what cannot be read is told as a fault of the file. */
export async function readable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw cause instanceof SegmentUnusable ? new TableUnusable(cause.fault.says) : cause;
  }
}
