import { answerOf } from './answer-of.ts';
import type { Values, Wanted } from './batch.ts';
import { idSeparator } from './id-separator.ts';

/** The columns that name an item's query, as they are read. */
export function queryColumns(query: readonly string[]): Wanted[] {
  return query.map((name) => ({ name, part: 'feature', kind: 'categorical' }));
}

/** Name of a row's query; undefined where it has none. */
export function queryOf(columns: readonly Values[], row: number): string | undefined {
  const names = columns.map((column) => answerOf(column, row));
  return names.length === 0 || names.includes(undefined) ? undefined : names.join(idSeparator);
}
