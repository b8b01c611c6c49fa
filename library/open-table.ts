import type { Table, Tables } from '../adapters/counting/duckdb/tables.ts';
import { findTables } from '../adapters/source/files/find-tables.ts';
import type { TableReading } from '../domain/check/table-profile.ts';
import { ignoredColumns } from '../domain/policy/ignored-columns.ts';
import type { Policy } from '../domain/policy/policy.ts';
import { outcomeReading } from './outcome-reading.ts';

/** The files of a table, how they are read, and what its columns are called. */
export interface OpenTable {
  readonly files: Table['files'];
  readonly reading: TableReading;
  /** Without those of time and outcomes. */
  readonly columns: readonly string[];
  /** Columns of time, score and outcome that were named and are not there. */
  readonly lacking: readonly string[];
}

/** Looks at the files a pattern stands for, and at the names of their columns. */
export async function openTable(tables: Tables, pattern: string, reading: TableReading): Promise<OpenTable> {
  const files = await findTables(pattern, process.cwd());
  const { time, score, outcomes, ...plain } = reading;
  const named = [time, score, outcomes?.label].filter((name) => name !== undefined);
  const found = await tables.columns({ ...plain, files, ignored: plain.ignored.filter((name) => !named.includes(name)) });
  const names = found.map(({ name }) => name);
  const hidden = new Set([time, ...plain.ignored.filter((name) => name !== score), ...notInputs(reading)]);
  return {
    files,
    reading,
    columns: names.filter((name) => !hidden.has(name)),
    lacking: named.filter((name) => !names.includes(name)),
  };
}

/** The same for a table by whose days others will be held; where it lacks the policy's time column, and nobody named another, its rows have none. */
export async function openBaseline(tables: Tables, pattern: string, policy: Policy, time: string | undefined): Promise<OpenTable> {
  const open = await openTable(tables, pattern, readingBy(policy, time));
  const { time: named, ...timeless } = open.reading;
  return time !== undefined || named === undefined || !open.lacking.includes(named) ? open : { ...open, reading: timeless };
}

/** How its rows are read, as far as its columns are there. */
export function tableOf({ files, reading: { score, outcomes, ...plain }, lacking }: OpenTable): Table {
  return {
    ...plain,
    files,
    ignored: [...plain.ignored, ...notInputs({ outcomes })],
    ...(score !== undefined && !lacking.includes(score) && { score }),
    ...(outcomes && !lacking.includes(outcomes.label) && { outcomes }),
  };
}

function notInputs({ outcomes }: { readonly outcomes?: TableReading['outcomes'] | undefined }): readonly string[] {
  return outcomes === undefined ? [] : [outcomes.label, ...outcomes.beside];
}

/** Which columns play a part; what the policy calls id, time, version, query, prediction, score or label is no input. */
export function readingBy(policy: Policy, time: string | undefined): TableReading {
  const { columns, sources, task, segments, timezone } = policy;
  const { predictions } = sources;
  const own = predictions.from !== 'gateway' ? predictions : { id: [], time: '', prediction: '', version: undefined, score: undefined };
  const named = time ?? (own.time || undefined);
  const outcomes = outcomeReading(policy);
  return {
    ...(named !== undefined && { time: named }),
    ...(timezone !== 'UTC' && { timezone }),
    ...(own.prediction !== '' && { prediction: own.prediction }),
    ...(typeof own.score === 'string' && { score: own.score }),
    ...(outcomes && { outcomes }),
    answers: task.kind === 'classification' ? 'categorical' : 'numeric',
    ignored: [...ignoredColumns(policy), ...own.id, ...(own.version === undefined ? [] : [own.version])],
    declared: columns.declared,
    segments,
    ranges: columns.ranges,
  };
}
