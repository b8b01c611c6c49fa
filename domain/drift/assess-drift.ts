import { daysLike, pastBlocks } from '../calendar/past-blocks.ts';
import type { Partition } from '../ledger/entry.ts';
import { columnsInRole } from '../policy/columns-in-role.ts';
import type { Policy } from '../policy/policy.ts';
import type { AssessmentInput } from '../report/assessment-input.ts';
import type { Judgement } from '../report/report.ts';
import { benjaminiHochbergHalves } from '../statistics/benjamini-hochberg-halves.ts';
import { type Adjusted, assessColumn } from './assess-column.ts';
import { daysOf, measureColumns } from './drift-days.ts';
import type { ColumnMovement } from './measure-column.ts';
import { pastRule } from './past-rule.ts';
import { sliceMovements, toldOfSlice } from './slice-movements.ts';

/** What drift is judged by. */
export type DriftInput = Pick<AssessmentInput, 'policy' | 'grid' | 'version' | 'window' | 'rowsAreIndependent'> & {
  readonly windowDays: Pick<AssessmentInput['windowDays'], 'inputs' | 'before'>;
  readonly baseline?: { readonly days: readonly Partition[] };
};

/**
 * Drift of the inputs over all rows and in every slice, and of the predictions over the rows of the watched version. Each layer is a family of
 * its own; among the inputs, columns of all rows and columns of slices have half the weight each. Slices only explain.
 */
export function assessDrift(input: DriftInput, level: number): Judgement[] {
  const { policy, grid, version, window: span } = input;
  const watched = columnsInRole(grid, policy).filter(({ name }) => !policy.columns.ignored.includes(name));
  const inputs = watched.filter(({ role }) => role === 'feature');
  const predictions = watched.filter(({ role }) => role !== 'feature');
  const blocks = pastBlocks(policy.baseline.season, span);
  const rule = { past: pastRule(blocks, input), effects: policy.watch.effects, level };
  const { inputs: inWindow, before = [] } = input.windowDays;
  const days = { baseline: daysLike(input.baseline?.days ?? [], blocks), window: inWindow, before };
  const ownDays = daysOf(days, (partitions) => partitions.filter(({ version: by }) => by === version));
  const judge = (layer: 'inputs' | 'predictions', movement: ColumnMovement, family: Family, segment?: string) => {
    const adjusted = family.get(movement);
    return assessColumn(movement, {
      layer,
      effects: policy.watch.effects,
      critical: layer === 'predictions' || (segment === undefined && policy.columns.critical.includes(movement.column.name)),
      level,
      ...(layer === 'inputs' && shareOfImportance(policy, movement.column.name)),
      ...(segment !== undefined && { segment }),
      ...(adjusted && { adjusted }),
    });
  };

  const [moved, movedPredictions] = [measureColumns(inputs, days, rule), measureColumns(predictions, ownDays, rule)];
  const slices = sliceMovements(grid.dimensions ?? [], inputs, days, rule);
  const family = adjust(
    moved,
    slices.flatMap(({ movements }) => movements),
  );
  const ofPredictions = adjust(movedPredictions, []);
  return [
    ...moved.map((movement) => judge('inputs', movement, family)),
    ...slices.flatMap(({ segment, movements }) =>
      toldOfSlice(
        segment,
        movements.map((movement) => judge('inputs', movement, family, segment)),
      ),
    ),
    ...movedPredictions.map((movement) => judge('predictions', movement, ofPredictions)),
  ];
}

function shareOfImportance({ columns: { importance } }: Policy, column: string): { readonly importance?: number } {
  const all = Object.values(importance).reduce((sum, one) => sum + one, 0);
  return all === 0 ? {} : { importance: (Object.hasOwn(importance, column) ? (importance[column] as number) : 0) / all };
}

type Family = ReadonlyMap<ColumnMovement, Adjusted>;

/** Of those that could be tested. */
function adjust(wholes: readonly ColumnMovement[], parts: readonly ColumnMovement[]): Family {
  const [first, second] = [wholes.filter(isTested), parts.filter(isTested)];
  const pValues = (moved: readonly ColumnMovement[]) => moved.map(({ test }) => (test.kind === 'none' ? 1 : test.pValue));
  const kinds = Math.min(1, first.length) + Math.min(1, second.length);
  const [adjusted, adjustedParts] = benjaminiHochbergHalves(pValues(first), pValues(second));
  const told = (moved: readonly ColumnMovement[], adjustedPValues: readonly number[]) =>
    moved.map((movement, at) => [movement, { pValue: adjustedPValues[at] as number, family: kinds * moved.length }] as const);
  return new Map([...told(first, adjusted), ...told(second, adjustedParts)]);
}

function isTested({ test }: ColumnMovement): boolean {
  return test.kind !== 'none';
}
