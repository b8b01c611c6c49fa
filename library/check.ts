import { createDuckdbTables } from '../adapters/counting/duckdb/tables.ts';
import { isProfileFile, readProfileFile } from '../adapters/profile-file/profile-file.ts';
import type { CheckReport } from '../domain/check/check-report.ts';
import { compare, compareWith, requireCommonColumns } from './compare.ts';
import { countAlone } from './count-table.ts';
import { openBaseline, openTable } from './open-table.ts';
import { policyIn } from './policy-in.ts';
import { readable } from './readable.ts';
import { tomorrowOf } from './tomorrow-of.ts';

export interface CheckOptions {
  /**
   * What is normal: a Parquet, CSV (`.csv`, `.tsv`) or NDJSON (`.ndjson`, `.jsonl`) file, a pattern such as `past/*.parquet`, or a
   * profile (`.json`) written by `anchorwatch profile`, which saves reading the baseline again.
   */
  readonly baseline: string;
  /** What is to be judged: a file or a pattern. */
  readonly data: string;
  /**
   * Column of event times. With it days are compared with days, so that days that differ are not taken for drift; it needs 14 days of
   * baseline. Without it rows are taken as independent of each other. A profile knows its own.
   */
  readonly time?: string;
  /**
   * A policy file: its kinds, critical and ignored columns, thresholds and false-alarm budget. Without it the standard ones hold. Where it names
   * a label and both tables carry that column beside the prediction, performance is judged by its rules as well.
   */
  readonly policy?: string;
  /**
   * When the tables were taken. Rows of later days are counted as of the future and left out; outcomes that had matured by then are judged.
   * Default: now, and for outcomes the end of the data.
   */
  readonly asOf?: Date;
}

/**
 * Compares a table with a baseline, without any server: which columns moved, by how much, and how sure that is; and, where both carry the
 * outcomes that the policy names, whether the model became worse.
 *
 * A column alarms when an effect reaches its threshold and its p-value, adjusted for the number of columns by Benjamini–Hochberg, is at
 * most the level. Bad rows are counted and told; too little data is `inconclusive`, never `steady`.
 *
 * @throws Error saying what is wrong with which file or policy, and what to do
 *
 * Cost: the baseline's sample and then both tables are read once, in chunks (of CSV and NDJSON the sample takes a whole reading; of a
 * profile nothing is read); memory grows with columns and days, not with rows.
 */
export async function check(options: CheckOptions): Promise<CheckReport> {
  if (isProfileFile(options.baseline)) return compare({ ...options, baseline: await readProfileFile(options.baseline) });
  const policy = await policyIn(options.policy);
  const tables = createDuckdbTables();
  return readable(async () => {
    const before = await openBaseline(tables, options.baseline, policy, options.time);
    const now = await openTable(tables, options.data, before.reading);
    requireCommonColumns(options.baseline, before.columns, options.data, now.columns);
    const tomorrow = tomorrowOf(options.asOf, before.reading.timezone);
    return compareWith(tables, await countAlone(tables, before, policy.model, tomorrow), now, policy, options.asOf);
  });
}
