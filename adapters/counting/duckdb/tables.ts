import type { DuckDBConnection } from '@duckdb/node-api';
import type { ColumnSample } from '../../../domain/grid/column-sample.ts';
import type { ColumnKind, Grid } from '../../../domain/grid/grid.ts';
import { type EventTime, eventTime } from '../../../domain/identity/event-time.ts';
import type { SampleOrder, SegmentRows } from '../../../domain/ledger/counting.port.ts';
import type { AnomalyKind, Partition } from '../../../domain/ledger/entry.ts';
import type { Answer } from '../../../domain/ledger/outcome-sum.ts';
import type { Segment } from '../../../domain/ledger/segment.ts';
import { outcomeSums } from '../../../domain/ledger/sum-outcomes.ts';
import { measuredColumns } from '../../../domain/policy/measure.ts';
import { type AnswerOrder, wantedAnswers } from './add-answers.ts';
import { type Found, type Wanted, wantedOfGrid } from './batch.ts';
import { RowCount } from './count-rows.ts';
import { Database } from './database.ts';
import { dayOf } from './day-of.ts';
import { discoverColumns } from './discover-columns.ts';
import { wantedOf } from './leaf-finder.ts';
import { daysIn } from './partition-names.ts';
import { readRows } from './read-rows.ts';
import { rejectedBecause } from './relation.ts';
import { sampleRows } from './sample-rows.ts';

/** A table in one or several files, whose rows have no identity. */
export interface Table {
  readonly files: readonly Pick<Segment, 'path' | 'format'>[];
  /** Column of event times; absent: rows have none, and are dealt out over twenty parts. */
  readonly time?: string;
  /** Whose clocks say when a day begins; absent: UTC. */
  readonly timezone?: string;
  readonly prediction?: string;
  /** Column of the positive class's score. */
  readonly score?: string;
  /** Absent: rows carry no outcomes. */
  readonly outcomes?: TableOutcomes;
  /** How predictions and outcomes are read. */
  readonly answers: ColumnKind;
  /** Columns that are not looked at. */
  readonly ignored: readonly string[];
  /** Kinds that are fixed; all others are inferred. */
  readonly declared: SampleOrder['declared'];
}

/** Outcomes that stand in the rows of their predictions. */
export interface TableOutcomes {
  /** Column of the outcome; a row without a value has none yet. */
  readonly label: string;
  /** Name of the class that is scored. */
  readonly positive?: string;
  /** What the outcome of a row without one is presumed to be; absent: nothing is presumed. */
  readonly absent?: Answer;
}

export interface CountedRows {
  readonly partitions: readonly Partition[];
  readonly anomalies: Readonly<Partial<Record<AnomalyKind, number>>>;
  /** Why lines of CSV files were passed over, with their number. */
  readonly rejected: Readonly<Record<string, number>>;
}

/** Reads whole tables with DuckDB, in chunks: memory grows with columns, not with rows. */
export interface Tables {
  /** Every column but time, outcome and what is ignored, by the first 65,536 rows of each file. */
  columns(table: Table): Promise<readonly { readonly name: string; readonly kind: ColumnKind }[]>;
  /** Up to 65,536 rows before an instant, evenly thinned. */
  sample(table: Table, before: EventTime): Promise<readonly ColumnSample[]>;
  count(table: Table, grid: Grid): Promise<CountedRows>;
}

const parts = 20;
const rowsPerTurn = 2048;
const dealtSingly = 2 * parts * rowsPerTurn;
const millisecondsPerDay = 86_400_000;

/** Chunks are taken one by one in their order: a second thread decodes what waits for its turn, and holds it in memory. */
const threads = 1;

/** All three throw SegmentUnusable when a file cannot be read or has no column of that name. */
export function createDuckdbTables(): Tables {
  const database = new Database(threads);
  return {
    columns: (table) => database.connected((connection) => discoverColumns(connection, sampleOrder(table))),
    sample: (table, before) =>
      database.connected((connection) =>
        sampleRows(connection, { ...sampleOrder(table), window: { from: eventTime('0001-01-01'), to: before } }),
      ),
    async count(table, grid) {
      const answers = answerOrder(table, grid);
      const wanted = [
        ...wantedOfGrid(grid),
        ...wantedOf(grid.dimensions ?? []),
        ...(answers ? wantedAnswers(table.answers, answers.measured) : []),
      ];
      const days = table.time === undefined ? partOf : daysIn(table.timezone ?? 'UTC');
      const count = new RowCount(grid, undefined, undefined, answers, days);
      const rejected: Record<string, number> = {};
      for (const rows of rowsOf(table)) {
        await database.connected((connection) => countFile(connection, rows, wanted, count, rejected));
      }
      return { partitions: count.partitions(), anomalies: count.anomalies.counts(), rejected };
    },
  };
}

async function countFile(
  connection: DuckDBConnection,
  rows: SegmentRows,
  wanted: readonly Wanted[],
  count: RowCount,
  rejected: Record<string, number>,
): Promise<void> {
  const found: Found = { malformed: 0 };
  for await (const batch of readRows(connection, rows, wanted, found)) count.add(batch);
  count.anomalies.note('malformed', found.malformed);
  if (rows.segment.format !== 'csv' || found.malformed === 0) return;
  for (const [reason, lines] of await rejectedBecause(connection)) rejected[reason] = (rejected[reason] ?? 0) + lines;
}

function answerOrder({ answers, outcomes }: Table, grid: Grid): AnswerOrder | undefined {
  if (outcomes === undefined) return undefined;
  const measured = new Set([...measuredColumns(grid, 'predictions'), ...measuredColumns(grid, 'outcomes')]);
  return {
    makeSum: outcomeSums(grid, answers, outcomes.positive),
    measured: [...measured],
    ...(outcomes.absent !== undefined && { absent: outcomes.absent }),
  };
}

/** Deals rows out, one by one at first and then 2,048 at a time, under the names of days that never were. */
function partOf(_instant: number, row: number): string | undefined {
  const turn = row < dealtSingly ? row : Math.floor(row / rowsPerTurn);
  return dayOf((turn % parts) * millisecondsPerDay);
}

function sampleOrder(table: Table): SampleOrder {
  return { rows: rowsOf(table), declared: table.declared };
}

function rowsOf({ files, time, prediction, score, outcomes, answers, ignored }: Table): SegmentRows[] {
  const mapping = {
    layout: 'flat',
    id: [],
    ignored,
    ...(time !== undefined && { time }),
    ...(prediction !== undefined && { prediction }),
    ...(score !== undefined && { score }),
    ...(outcomes && { label: outcomes.label }),
  } as const;
  return files.map(({ path, format }) => ({
    segment: { id: path, holds: 'predictions', path, format, knownAt: eventTime(0) },
    mapping,
    answers,
  }));
}
