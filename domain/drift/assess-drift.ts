import type { GridColumn } from '../grid/grid.ts';
import { daysBetween } from '../identity/event-time.ts';
import type { Partition } from '../ledger/entry.ts';
import type { AssessmentInput } from '../report/assessment-input.ts';
import type { Judgement } from '../report/report.ts';
import { benjaminiHochberg } from '../statistics/benjamini-hochberg.ts';
import { assessColumn } from './assess-column.ts';
import { columnDays } from './column-day.ts';
import { measureColumn } from './measure-column.ts';

/** What drift is judged by. */
export type DriftInput = Pick<AssessmentInput, 'policy' | 'grid' | 'version' | 'window' | 'rowsAreIndependent'> & {
  readonly windowDays: { readonly inputs: readonly Partition[] };
  readonly baseline?: { readonly days: readonly Partition[] };
};

/** Drift of the inputs over all rows, and of the predictions over the rows of the watched version; each is a family of its own. */
export function assessDrift(input: DriftInput, level: number): Judgement[] {
  const { policy, grid, version } = input;
  const own = ({ version: by }: Partition) => by === version;
  const watched = grid.columns.filter(({ name }) => !policy.columns.ignored.includes(name));
  const inputs = watched.filter(({ role }) => role === 'feature');
  const predictions = watched.filter(({ role }) => role !== 'feature');
  const baseline = input.baseline?.days ?? [];
  const window = input.windowDays.inputs;
  return [
    ...assessFamily(input, 'inputs', inputs, baseline, window, level),
    ...assessFamily(input, 'predictions', predictions, baseline.filter(own), window.filter(own), level),
  ];
}

function assessFamily(
  { policy, window: span, rowsAreIndependent }: DriftInput,
  layer: 'inputs' | 'predictions',
  columns: readonly GridColumn[],
  baseline: readonly Partition[],
  window: readonly Partition[],
  level: number,
): Judgement[] {
  const past = rowsAreIndependent ? 'independentRows' : daysBetween(span.from, span.to);
  const moved = columns.map((column) => measureColumn(column, columnDays(baseline, column.name), columnDays(window, column.name), past));
  const tested = moved.flatMap(({ column, test }) => (test.kind === 'none' ? [] : [{ name: column.name, pValue: test.pValue }]));
  const adjusted = benjaminiHochberg(tested.map(({ pValue }) => pValue));
  const adjustedOf = new Map(tested.map(({ name }, index) => [name, adjusted[index] as number]));
  return moved.map((movement) => {
    const { name } = movement.column;
    const adjustedPValue = adjustedOf.get(name);
    const critical = layer === 'predictions' || policy.columns.critical.includes(name);
    return assessColumn(movement, {
      layer,
      effects: policy.watch.effects,
      critical,
      level,
      ...(adjustedPValue === undefined ? {} : { adjustedPValue }),
    });
  });
}
