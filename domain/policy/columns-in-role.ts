import type { Grid, GridColumn } from '../grid/grid.ts';
import type { Policy } from './policy.ts';
import { scoreColumns } from './score-columns.ts';

/** The grid's columns; those that carry a class's score are scores, also where they were counted like any other column. */
export function columnsInRole({ columns }: Pick<Grid, 'columns'>, policy: Pick<Policy, 'sources'>): readonly GridColumn[] {
  const scores = scoreColumns(policy.sources.predictions).map(({ column }) => column);
  return columns.map((column) => (column.role === 'feature' && scores.includes(column.name) ? { ...column, role: 'score' } : column));
}
