import { SegmentUnusable } from '../adapters/counting/duckdb/segment-unusable.ts';
import { type CountedRows, createDuckdbTables, type Table, type Tables } from '../adapters/counting/duckdb/tables.ts';
import { renderProblems } from '../adapters/policy-file/problem.ts';
import { readPolicyFile } from '../adapters/policy-file/read-policy-file.ts';
import { findTables, TableUnusable } from '../adapters/source/files/find-tables.ts';
import type { CheckReport } from '../domain/check/check-report.ts';
import { compareTables } from '../domain/check/compare-tables.ts';
import type { CountedTable } from '../domain/check/counted-table.ts';
import { noteText } from '../domain/check/note-text.ts';
import { readText } from '../domain/check/read-text.ts';
import type { ColumnSample } from '../domain/grid/column-sample.ts';
import { cutGrid } from '../domain/grid/cut-grid.ts';
import { type EventTime, eventTime, plusDays } from '../domain/identity/event-time.ts';
import type { ModelName } from '../domain/identity/names.ts';
import { startOfDay } from '../domain/ledger/start-of-day.ts';
import type { Policy } from '../domain/policy/policy.ts';
import { expand } from '../domain/policy/standard.ts';

export interface CheckOptions {
  /** What is normal: a Parquet, CSV (`.csv`, `.tsv`) or NDJSON (`.ndjson`, `.jsonl`) file, or a pattern such as `past/*.parquet`. */
  readonly baseline: string;
  /** What is to be judged; likewise. */
  readonly data: string;
  /**
   * Column of event times. With it days are compared with days, so that days that differ are not taken for drift; it needs 14 days of
   * baseline. Without it rows are taken as independent of each other.
   */
  readonly time?: string;
  /** A policy file: its kinds, critical and ignored columns, thresholds and false-alarm budget. Without it the standard ones hold. */
  readonly policy?: string;
  /** Rows of later days are counted as of the future and left out. Default: now. */
  readonly asOf?: Date;
}

/**
 * Compares a table with a baseline, without any server: which columns moved, by how much, and how sure that is.
 *
 * A column alarms when an effect reaches its threshold and its p-value, adjusted for the number of columns by Benjamini–Hochberg, is at
 * most the level. Bad rows are counted and told; too little data is `inconclusive`, never `steady`.
 *
 * @throws Error saying what is wrong with which file or policy, and what to do
 *
 * Cost: the baseline is read twice, the data once, in chunks; memory grows with columns and days, not with rows.
 */
export async function check(options: CheckOptions): Promise<CheckReport> {
  const given = options.policy === undefined ? undefined : policyIn(options.policy);
  const policy = given ?? anyPolicy;
  const tables = createDuckdbTables();
  const read = <T>(work: () => Promise<T>) => work().catch((cause: unknown) => Promise.reject(readable(cause)));
  return read(async () => {
    const [before, now] = [await tableOf(options.baseline, options.time, policy), await tableOf(options.data, options.time, policy)];
    const tomorrow = plusDays(startOfDay(eventTime(options.asOf ?? new Date())), 1);
    const names = { baseline: await namesOf(tables, before), data: await namesOf(tables, now) };
    if (!names.baseline.some((name) => names.data.includes(name)))
      throw new TableUnusable(
        `${options.baseline} and ${options.data} have no column in common: ${listed(names.baseline)}; and ${listed(names.data)}.`,
      );
    const { table, samples, notes } = await sampled(tables, before, tomorrow);
    const grid = cutGrid(policy.model, samples, policy.segments);
    const [baseline, data] = [await tables.count(table, grid), await tables.count({ ...now, declared: table.declared }, grid)];
    return compareTables({
      policy,
      grid,
      samples,
      baseline: { files: before.files.length, columns: names.baseline, ...known(baseline, before, tomorrow) },
      data: { files: now.files.length, columns: names.data, ...known(data, now, tomorrow) },
      rowsAreIndependent: before.time === undefined,
      notes: [...notes, ...rejections('baseline', baseline), ...rejections('data', data), ...untimed(before, samples)],
    });
  });
}

const anyPolicy = expand({
  model: 'check' as ModelName,
  task: { kind: 'regression' },
  sources: { predictions: { from: 'files', glob: '*', id: [], time: '', prediction: '' } },
});

function policyIn(path: string): Policy {
  const reading = readPolicyFile(path);
  if (!reading.ok) throw new TableUnusable(renderProblems(reading.problems));
  return reading.policy;
}

/** The files, and which of their columns play a part; what the policy calls id, time, version or prediction is no input. */
async function tableOf(pattern: string, time: string | undefined, { columns, sources, task }: Policy): Promise<Table> {
  const { predictions } = sources;
  const own = predictions.from !== 'gateway' ? predictions : { id: [], time: '', prediction: '', version: undefined };
  const named = time ?? (own.time || undefined);
  return {
    files: await findTables(pattern, process.cwd()),
    ...(named !== undefined && { time: named }),
    ...(own.prediction !== '' && { prediction: own.prediction }),
    answers: task.kind === 'classification' ? 'categorical' : 'numeric',
    ignored: [...columns.ignored, ...own.id, ...(own.version === undefined ? [] : [own.version])],
    declared: columns.declared,
  };
}

async function namesOf(tables: Tables, table: Table): Promise<string[]> {
  return (await tables.columns(table)).map(({ name }) => name);
}

/** The baseline's sample, and kinds settled by it: text of a CSV file that mostly reads as numbers is numeric. */
async function sampled(
  tables: Tables,
  table: Table,
  before: EventTime,
): Promise<{ table: Table; samples: readonly ColumnSample[]; notes: readonly string[] }> {
  const samples = await tables.sample(table, before);
  const notes = samples.flatMap(noteText);
  if (!table.files.every(({ format }) => format === 'csv')) return { table, samples, notes };
  const numbers = samples.filter(
    (sample) => sample.kind === 'categorical' && table.declared[sample.name] === undefined && readText(sample.values) === 'numbers',
  );
  if (numbers.length === 0) return { table, samples, notes };
  const names = numbers.map(({ name }) => name);
  const settled: Table = { ...table, declared: { ...table.declared, ...Object.fromEntries(names.map((name) => [name, 'numeric'])) } };
  const said = names.map((name) => `${name} is taken as numeric, as most of its values are; the others are counted as of the wrong type.`);
  return { table: settled, samples: await tables.sample(settled, before), notes: [...notes, ...said] };
}

/** Rows of days that have not come yet are set apart. */
function known(counted: CountedRows, { time }: Table, before: EventTime): Pick<CountedTable, 'partitions' | 'anomalies'> {
  const partitions = counted.partitions.filter(({ day }) => time === undefined || day < before.slice(0, 10));
  const future = rowsOf(counted) - partitions.reduce((sum, { rows }) => sum + rows, 0);
  return { partitions, anomalies: { ...counted.anomalies, ...(future > 0 && { 'future-time': future }) } };
}

function rowsOf({ partitions }: CountedRows): number {
  return partitions.reduce((sum, { rows }) => sum + rows, 0);
}

function rejections(which: string, { rejected }: CountedRows): string[] {
  return Object.entries(rejected).map(([reason, lines]) => `${lines} ${lines === 1 ? 'line' : 'lines'} of the ${which}: ${reason}.`);
}

function untimed({ time }: Table, samples: readonly ColumnSample[]): string[] {
  if (time !== undefined) return [];
  const times = samples.filter((sample) => sample.kind === 'categorical' && readText(sample.values) === 'times').map(({ name }) => name);
  return times.length === 0
    ? []
    : [`${listed(times)} ${times.length === 1 ? 'holds' : 'hold'} times: named as the time column, days would be compared with days.`];
}

function listed(names: readonly string[]): string {
  return names.length <= 8 ? names.join(', ') : `${names.slice(0, 8).join(', ')} and ${names.length - 8} more`;
}

function readable(cause: unknown): unknown {
  return cause instanceof SegmentUnusable ? new TableUnusable(cause.fault.says) : cause;
}
