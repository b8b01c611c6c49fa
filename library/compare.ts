import { createDuckdbTables, type Tables } from '../adapters/counting/duckdb/tables.ts';
import { TableUnusable } from '../adapters/source/files/find-tables.ts';
import { wallTime } from '../domain/calendar/wall-time.ts';
import type { CheckReport } from '../domain/check/check-report.ts';
import type { TableProfile } from '../domain/check/table-profile.ts';
import { eventTime } from '../domain/identity/event-time.ts';
import type { Policy } from '../domain/policy/policy.ts';
import { countOn, rejections } from './count-table.ts';
import { listed } from './listed.ts';
import { type OpenTable, openTable, readingBy } from './open-table.ts';
import { outcomeNotes } from './outcome-notes.ts';
import { policyIn } from './policy-in.ts';
import { readAlike } from './read-alike.ts';
import { readable } from './readable.ts';
import { tomorrowOf } from './tomorrow-of.ts';

export interface CompareOptions {
  /** What is normal, as `profile` counted it. */
  readonly baseline: TableProfile;
  /** What is to be judged: a Parquet, CSV or NDJSON file, or a pattern. */
  readonly data: string;
  /** Column of event times. Default: that of the baseline, which it must be. */
  readonly time?: string;
  /** The policy file the baseline was counted by: its critical columns, thresholds and false-alarm budget. Default: the standard ones. */
  readonly policy?: string;
  /**
   * When the tables were taken. Rows of later days are counted as of the future and left out; outcomes that had matured by then are judged.
   * Default: now, and for outcomes the end of the data.
   */
  readonly asOf?: Date;
}

/**
 * Compares a table with a baseline that was counted before: the report `check` gives for the baseline's own files, which are not read.
 *
 * @throws Error saying what is wrong with which file or policy, and what to do; also where the baseline was read in another way
 *
 * Cost: the data are read once.
 */
export async function compare(options: CompareOptions): Promise<CheckReport> {
  const { baseline } = options;
  if (baseline.kind !== 'profile' || baseline.schemaVersion !== 1)
    throw new TableUnusable('The baseline is no profile this program can read.');
  const policy = await policyIn(options.policy);
  const time = options.time ?? baseline.reading.time;
  const { time: _, ...asked } = options.policy === undefined ? baseline.reading : readingBy(policy, time);
  readAlike(baseline.reading, { ...asked, ...(time !== undefined && { time }) });
  const tables = createDuckdbTables();
  return readable(async () => {
    const data = await openTable(tables, options.data, baseline.reading);
    requireCommonColumns('The baseline', baseline.table.columns, options.data, data.columns);
    return compareWith(tables, baseline, data, policy, options.asOf);
  });
}

/** Counts a table on the baseline's grid and compares the two, as of an instant: without one, as of now and by labels taken at the data's end. */
export async function compareWith(
  tables: Tables,
  baseline: TableProfile,
  data: OpenTable,
  policy: Policy,
  asOf: Date | undefined,
): Promise<CheckReport> {
  const { time, timezone = 'UTC' } = baseline.reading;
  // Loaded while the first rows are read: the special functions of its tests are hundreds of small files.
  const comparing = import('../domain/check/compare-tables.ts');
  const judging = policy.sources.outcomes && import('../domain/check/judge-outcomes.ts');
  const { table, rejected } = await countOn(tables, data, baseline, tomorrowOf(asOf, timezone));
  const [{ compareTables }, judge] = [await comparing, (await judging)?.judgeOutcomes];
  return compareTables({
    policy,
    grid: baseline.grid,
    looks: baseline.looks,
    baseline: baseline.table,
    data: table,
    rowsAreIndependent: time === undefined,
    ...(judge && { judge }),
    ...(asOf && { asOf: wallTime(eventTime(asOf), timezone) }),
    notes: [...baseline.notes, ...outcomeNotes(policy, baseline, data), ...rejections('data', rejected)],
  });
}

/** @throws TableUnusable where two tables have no column in common */
export function requireCommonColumns(baseline: string, before: readonly string[], data: string, now: readonly string[]): void {
  if (before.some((name) => now.includes(name))) return;
  throw new TableUnusable(`${baseline} and ${data} have no column in common: ${listed(before)}; and ${listed(now)}.`);
}
