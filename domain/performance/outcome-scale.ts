import type { Grid } from '../grid/grid.ts';
import type { Measure } from '../policy/measure.ts';

/** What the sums of outcomes are in: frozen with the grid. */
export interface OutcomeScale {
  /** Fixed-point unit of quantities. */
  readonly unit: number;
  /** Names of the classes told apart, in the order of their totals; one more pools all others. */
  readonly classes: readonly string[];
  readonly measures?: readonly Measure[];
  /** The class that precision, recall and F1 are of. */
  readonly positive?: string;
}

export function outcomeScale(grid: Grid, positive: string | undefined): OutcomeScale {
  const prediction = grid.columns.find(({ role }) => role === 'prediction');
  return {
    unit: prediction?.kind === 'numeric' ? prediction.unit : 1,
    classes: prediction?.kind === 'categorical' ? prediction.categories : [],
    ...(grid.measures && { measures: grid.measures }),
    ...(positive !== undefined && { positive }),
  };
}
