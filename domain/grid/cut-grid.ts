import type { ModelName } from '../identity/names.ts';
import type { Dimension } from '../policy/dimension.ts';
import type { Measure } from '../policy/measure.ts';
import type { Policy } from '../policy/policy.ts';
import type { ColumnSample } from './column-sample.ts';
import { cutCategories } from './cut-categories.ts';
import { cutNumeric } from './cut-numeric.ts';
import type { ClassScore, Grid, NumericColumn } from './grid.ts';

/** What is frozen besides what the sample shows: what is counted of rows with an outcome besides how right they are, and sound values. */
interface Added {
  readonly measures?: readonly Measure[];
  /** Column of a class's score, by class. */
  readonly scores?: Readonly<Record<string, string>>;
  /** Smallest and largest sound value, by column. */
  readonly ranges?: Policy['columns']['ranges'];
  readonly ranking?: Grid['ranking'];
}

/**
 * A grid of the sampled columns, in ascending order of their names. The same sample gives the same grid, whatever the order of its
 * rows and columns.
 *
 * Cost O(values × log values) a column.
 */
export function cutGrid(
  model: ModelName,
  samples: readonly ColumnSample[],
  dimensions: readonly Dimension[] = [],
  { measures = [], scores = {}, ranges = {}, ranking }: Added = {},
): Grid {
  const columns = [...samples]
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .map((sample) => (sample.kind === 'numeric' ? withRange(cutNumeric(sample), ranges) : cutCategories(sample)));
  const classScores = Object.entries(scores).flatMap(([name, column]): ClassScore[] => {
    const cut = columns.find((one) => one.name === column);
    return cut?.kind === 'numeric' ? [{ name, column, edges: cut.edges }] : [];
  });
  return {
    kind: 'grid',
    schemaVersion: 1,
    madeFrom: [],
    model,
    columns,
    ...(dimensions.length > 0 && { dimensions }),
    ...(measures.length > 0 && { measures }),
    ...(classScores.length > 0 && { classScores }),
    ...(ranking && { ranking }),
  };
}

function withRange(column: NumericColumn, ranges: Policy['columns']['ranges']): NumericColumn {
  const range = Object.hasOwn(ranges, column.name) ? ranges[column.name] : undefined;
  return range === undefined ? column : { ...column, range };
}
