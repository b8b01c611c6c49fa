import type { CountedRows, Tables } from '../adapters/counting/duckdb/tables.ts';
import { instantOf } from '../domain/calendar/wall-time.ts';
import type { CountedTable } from '../domain/check/counted-table.ts';
import { areMostlyNumbers } from '../domain/check/mostly-numbers.ts';
import { noteText } from '../domain/check/note-text.ts';
import { lookOf, type SampleLook } from '../domain/check/sample-look.ts';
import type { TableProfile } from '../domain/check/table-profile.ts';
import type { ColumnSample } from '../domain/grid/column-sample.ts';
import { cutGrid } from '../domain/grid/cut-grid.ts';
import type { EventTime } from '../domain/identity/event-time.ts';
import type { ModelName } from '../domain/identity/names.ts';
import { listed } from './listed.ts';
import { type OpenTable, tableOf } from './open-table.ts';
import { lackingNotes } from './outcome-notes.ts';

/** Cuts a grid by a sample of the table's rows and counts them all on it; days from `tomorrow` on, in wall time, have not come yet. */
export async function countAlone(tables: Tables, open: OpenTable, model: ModelName, tomorrow: EventTime): Promise<TableProfile> {
  const { grid, declared, looks, notes } = await cutFor(tables, open, model, tomorrow);
  const { table, rejected } = await countOn(tables, open, { grid, declared }, tomorrow);
  return {
    kind: 'profile',
    schemaVersion: 1,
    madeFrom: [],
    grid,
    table,
    reading: open.reading,
    declared,
    looks,
    notes: [...notes, ...rejections('baseline', rejected), ...untimed(open, looks), ...lackingNotes('The baseline has', open)],
  };
}

/** Nothing of the sample is left when the counting begins: it would lie in memory all the while. */
async function cutFor(
  tables: Tables,
  open: OpenTable,
  model: ModelName,
  tomorrow: EventTime,
): Promise<Pick<TableProfile, 'grid' | 'declared' | 'looks' | 'notes'>> {
  const { declared, samples, notes } = await sampled(tables, open, instantOf(tomorrow, open.reading.timezone ?? 'UTC'));
  const { segments, ranges, outcomes } = open.reading;
  const grid = cutGrid(model, samples, segments, { ranges, ...(outcomes && { measures: outcomes.measures, scores: outcomes.scores }) });
  const looks: Readonly<Record<string, SampleLook>> = Object.fromEntries(
    samples.flatMap((sample) => {
      const look = lookOf(sample);
      return look === undefined ? [] : [[sample.name, look]];
    }),
  );
  return { grid, declared, looks, notes };
}

/** Counts a table on the grid of another and by the kinds that were settled there. */
export async function countOn(
  tables: Tables,
  open: OpenTable,
  { grid, declared }: Pick<TableProfile, 'grid' | 'declared'>,
  tomorrow: EventTime,
): Promise<{ readonly table: CountedTable; readonly rejected: CountedRows['rejected'] }> {
  const { files, reading, columns } = open;
  const counted = await tables.count({ ...tableOf(open), declared }, grid);
  const partitions = counted.partitions.filter(({ day }) => reading.time === undefined || day < tomorrow.slice(0, 10));
  const future = rowsOf(counted) - rowsOf({ partitions });
  const anomalies = { ...counted.anomalies, ...(future > 0 && { 'future-time': future }) };
  return { table: { files: files.length, columns, partitions, anomalies }, rejected: counted.rejected };
}

/** Lines of CSV files that were passed over, told by their reason. */
export function rejections(which: string, rejected: CountedRows['rejected']): string[] {
  return Object.entries(rejected).map(([reason, lines]) => `${lines} ${lines === 1 ? 'line' : 'lines'} of the ${which}: ${reason}.`);
}

/** The table's sample, and kinds settled by it: text of a CSV file that mostly reads as numbers is numeric. */
async function sampled(
  tables: Tables,
  open: OpenTable,
  before: EventTime,
): Promise<{ declared: TableProfile['declared']; samples: readonly ColumnSample[]; notes: readonly string[] }> {
  const { files, reading } = open;
  const { declared } = reading;
  const samples = await tables.sample(tableOf(open), before);
  const notes = samples.flatMap(noteText);
  const names = files.every(({ format }) => format === 'csv') ? numbersAmong(samples, declared) : [];
  if (names.length === 0) return { declared, samples, notes };
  const settled = { ...declared, ...Object.fromEntries(names.map((name) => [name, 'numeric' as const])) };
  const said = names.map((name) => `${name} is taken as numeric, as most of its values are; the others are counted as of the wrong type.`);
  return {
    declared: settled,
    samples: await tables.sample({ ...tableOf(open), declared: settled }, before),
    notes: [...notes, ...said],
  };
}

function numbersAmong(samples: readonly ColumnSample[], declared: TableProfile['declared']): string[] {
  return samples.flatMap((sample) =>
    sample.role === 'feature' && sample.kind === 'categorical' && !Object.hasOwn(declared, sample.name) && areMostlyNumbers(sample.values)
      ? [sample.name]
      : [],
  );
}

function rowsOf({ partitions }: Pick<CountedRows, 'partitions'>): number {
  return partitions.reduce((sum, { rows }) => sum + rows, 0);
}

function untimed({ reading }: OpenTable, looks: Readonly<Record<string, SampleLook>>): string[] {
  if (reading.time !== undefined) return [];
  const times = Object.keys(looks).filter((name) => looks[name] === 'times');
  return times.length === 0
    ? []
    : [`${listed(times)} ${times.length === 1 ? 'holds' : 'hold'} times: named as the time column, days would be compared with days.`];
}
