import type { Table, Tables } from '../adapters/counting/duckdb/tables.ts';
import { findTables } from '../adapters/source/files/find-tables.ts';
import type { TableReading } from '../domain/check/table-profile.ts';
import { ignoredColumns } from '../domain/policy/ignored-columns.ts';
import type { Policy } from '../domain/policy/policy.ts';

/** The files of a table, how they are read, and what its columns are called. */
export interface OpenTable {
  readonly files: Table['files'];
  readonly reading: TableReading;
  readonly columns: readonly string[];
}

/** Looks at the files a pattern stands for, and at the names of their columns. */
export async function openTable(tables: Tables, pattern: string, reading: TableReading): Promise<OpenTable> {
  const files = await findTables(pattern, process.cwd());
  const columns = await tables.columns({ ...reading, files });
  return { files, reading, columns: columns.map(({ name }) => name) };
}

/** Which columns play a part; what the policy calls id, time, version, query or prediction is no input. */
export function readingBy(policy: Policy, time: string | undefined): TableReading {
  const { columns, sources, task, segments, timezone } = policy;
  const { predictions } = sources;
  const own = predictions.from !== 'gateway' ? predictions : { id: [], time: '', prediction: '', version: undefined };
  const named = time ?? (own.time || undefined);
  return {
    ...(named !== undefined && { time: named }),
    ...(timezone !== 'UTC' && { timezone }),
    ...(own.prediction !== '' && { prediction: own.prediction }),
    answers: task.kind === 'classification' ? 'categorical' : 'numeric',
    ignored: [...ignoredColumns(policy), ...own.id, ...(own.version === undefined ? [] : [own.version])],
    declared: columns.declared,
    segments,
    ranges: columns.ranges,
  };
}
