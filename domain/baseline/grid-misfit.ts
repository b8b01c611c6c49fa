import { columnDays } from '../drift/column-day.ts';
import { type ColumnTotals, totalColumn } from '../drift/column-totals.ts';
import type { ColumnSample } from '../grid/column-sample.ts';
import type { Grid, GridColumn } from '../grid/grid.ts';
import { canonicalJson } from '../identity/canonical-json.ts';
import type { Partition } from '../ledger/entry.ts';
import { addedToGrid } from '../policy/added-to-grid.ts';
import type { Policy } from '../policy/policy.ts';
import { sayNames } from '../report/say-names.ts';
import { sayShare } from '../report/say-number.ts';

/** Share of a column's rows that may fall outside what was seen when the grid was cut, beyond the baseline's own. */
const mostOutside = 0.2;

/**
 * Why what is counted has no place on a grid, in one sentence for people; undefined when all has. Its dimensions, its queries, its measures, the scores it
 * has by class, or the kind or range of a column are no longer the policy's, or columns came that it has no cells for.
 *
 * @param sample of the newest rows, as a grid would be cut from
 */
export function gridMisfit(policy: Policy, grid: Grid, sample: readonly ColumnSample[]): string | undefined {
  if (canonicalJson(grid.dimensions ?? []) !== canonicalJson(policy.segments)) return 'The segments of the policy are others now.';
  const { measures, scores, ranges, ranking } = addedToGrid(policy);
  if (canonicalJson(grid.measures ?? []) !== canonicalJson(measures)) return 'The measures of the policy are others now.';
  if (canonicalJson(countedScores(grid)) !== canonicalJson(scoresWithCells(scores, grid)))
    return 'The scores by class of the policy are others now.';
  if (canonicalJson(grid.ranking ?? {}) !== canonicalJson(ranking ?? {})) return 'The task of the policy is another now.';

  const { declared } = policy.columns;
  const otherwise = watchedColumns(policy, grid).filter(
    ({ name, kind }) => declared[name] !== undefined && (declared[name] === 'numeric') !== (kind === 'numeric'),
  );
  if (otherwise.length > 0) return `The policy declares another kind of ${named(otherwise)}.`;
  const wider = watchedColumns(policy, grid).filter((column) => !hasRange(column, ranges));
  if (wider.length > 0) return `The policy declares another range of ${named(wider)}.`;

  const known = new Set(grid.columns.map(({ name }) => name));
  const come = sample.filter(({ name, values }) => !known.has(name) && values.length > 0);
  return come.length > 0 ? `New columns: ${named(come)}.` : undefined;
}

/**
 * Which columns left what was seen when the grid was cut, in one sentence for people: a fifth more of their rows than of the baseline's fell
 * into categories without a cell, or into the open cells of a number while some lie beyond its edges. Undefined when none did.
 */
export function outsideGrid(
  policy: Policy,
  grid: Grid,
  days: { readonly baseline: readonly Partition[]; readonly window: readonly Partition[] },
): string | undefined {
  const outside = watchedColumns(policy, grid)
    .map((column) => ({ name: column.name, share: shareOutside(column, days.window) - shareOutside(column, days.baseline) }))
    .filter(({ share }) => share > mostOutside)
    .sort((a, b) => b.share - a.share);
  const [most] = outside;
  return (
    most &&
    `Of ${most.name} ${sayShare(most.share)} more than before is outside the grid${outside.length > 1 ? `, and of ${outside.length - 1} other columns over ${sayShare(mostOutside)}` : ''}.`
  );
}

/** Column by class. */
function countedScores({ classScores = [] }: Grid): Readonly<Record<string, string>> {
  return Object.fromEntries(classScores.map(({ name, column }) => [name, column]));
}

/** Of the scores by class those a grid of these columns can count: one whose column is yet to come, comes as a new column. */
function scoresWithCells(scores: Readonly<Record<string, string>>, { columns }: Grid): Readonly<Record<string, string>> {
  const numbers = new Set(columns.filter(({ kind }) => kind === 'numeric').map(({ name }) => name));
  return Object.fromEntries(Object.entries(scores).filter(([, column]) => numbers.has(column)));
}

function hasRange(column: GridColumn, ranges: Policy['columns']['ranges']): boolean {
  if (column.kind === 'categorical') return true;
  const wanted = Object.hasOwn(ranges, column.name) ? ranges[column.name] : undefined;
  return column.range?.[0] === wanted?.[0] && column.range?.[1] === wanted?.[1];
}

function watchedColumns({ columns }: Policy, grid: Grid): GridColumn[] {
  return grid.columns.filter(({ name }) => !columns.ignored.includes(name));
}

function named(columns: readonly { readonly name: string }[]): string {
  return sayNames(columns.map(({ name }) => name));
}

function shareOutside(column: GridColumn, days: readonly Partition[]): number {
  const counts = columnDays(days, column.name).map((day) => day.counts);
  const totals = totalColumn(column, counts);
  return totals.valued === 0 ? 0 : outsideRows(column, totals) / totals.valued;
}

/** The last cell of a number begins at the largest value that was seen: alone it is no sign. */
function outsideRows({ kind }: GridColumn, { cells, unseen, highExcess }: ColumnTotals): number {
  return kind === 'categorical' ? unseen : (cells[0] ?? 0) + (highExcess > 0 ? (cells.at(-1) ?? 0) : 0);
}
