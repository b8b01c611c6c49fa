import type { ModelName } from '../identity/names.ts';
import type { Dimension } from '../policy/dimension.ts';
import type { Measure } from '../policy/measure.ts';
import type { ColumnSample } from './column-sample.ts';
import { cutCategories } from './cut-categories.ts';
import { cutNumeric } from './cut-numeric.ts';
import type { Grid } from './grid.ts';

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
  measures: readonly Measure[] = [],
): Grid {
  const columns = [...samples]
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .map((sample) => (sample.kind === 'numeric' ? cutNumeric(sample) : cutCategories(sample)));
  return {
    kind: 'grid',
    schemaVersion: 1,
    madeFrom: [],
    model,
    columns,
    ...(dimensions.length > 0 && { dimensions }),
    ...(measures.length > 0 && { measures }),
  };
}
