import type { ColumnKind } from '../policy/policy.ts';
import type { GridColumn } from './grid.ts';

/** What a column holds, as people say it. */
export function kindOf(column: Pick<GridColumn, 'kind' | 'of'>): ColumnKind {
  return column.of ?? column.kind;
}

/** A column as the subject of a sentence: what is counted of it. */
export function columnInWords({ name, of }: Pick<GridColumn, 'name' | 'of'>): string {
  if (of === 'time') return `age of ${name}`;
  return of === 'text' ? `length of ${name}` : name;
}
