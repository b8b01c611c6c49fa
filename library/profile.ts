import { createDuckdbTables } from '../adapters/counting/duckdb/tables.ts';
import type { TableProfile } from '../domain/check/table-profile.ts';
import { countAlone } from './count-table.ts';
import { openBaseline } from './open-table.ts';
import { policyIn } from './policy-in.ts';
import { readable } from './readable.ts';
import { tomorrowOf } from './tomorrow-of.ts';

export interface ProfileOptions {
  /** A Parquet, CSV (`.csv`, `.tsv`) or NDJSON (`.ndjson`, `.jsonl`) file, or a pattern such as `past/*.parquet`. */
  readonly data: string;
  /** Column of event times; see `check`. */
  readonly time?: string;
  /** A policy file: its kinds, ignored columns and segments, and the columns of prediction, score and outcome; see `check`. */
  readonly policy?: string;
  /** Rows of later days are counted as of the future and left out. Default: now. */
  readonly asOf?: Date;
}

/**
 * Counts a table once, so that others can be compared with it without reading it again: the cells of each column and how many rows
 * fell into each, day by day. A plain value, to be kept as JSON; rows are not in it, but names of categories and smallest and largest
 * numbers are.
 *
 * @throws Error saying what is wrong with which file or policy, and what to do
 *
 * Cost: of a Parquet file the rows of a sample are read, then all; of others all twice. Memory grows with columns and days.
 */
export async function profile(options: ProfileOptions): Promise<TableProfile> {
  const policy = await policyIn(options.policy);
  const tables = createDuckdbTables();
  return readable(async () => {
    const open = await openBaseline(tables, options.data, policy, options.time);
    return countAlone(tables, open, policy.model, tomorrowOf(options.asOf, open.reading.timezone));
  });
}
