import { measuredColumns } from './measure.ts';
import type { Policy } from './policy.ts';
import { columnsOfList, type NamedColumn, sourceColumns } from './source-columns.ts';

export interface ColumnProblem {
  /** JSON pointer into the policy. */
  readonly policyPath: string;
  readonly says: string;
  readonly remedy: string;
}

/** Every column the policy names and the predictions, or the outcomes, do not have. Pure; the caller reads the names from the data. */
export function validateAgainstColumns(
  policy: Policy,
  columns: readonly string[],
  of: 'predictions' | 'outcomes' = 'predictions',
): ColumnProblem[] {
  const present = new Set(columns);
  const named = of === 'predictions' ? namedOfPredictions(policy) : namedOfOutcomes(policy);
  return named
    .filter(({ column }) => !present.has(column))
    .map(({ column, policyPath }) => ({
      policyPath,
      says: `the ${of} have no column ${column}`,
      remedy: `Name one of their columns: ${columns.join(', ')}.`,
    }));
}

function namedOfPredictions(policy: Policy): NamedColumn[] {
  const { task, columns, segments, rollout } = policy;
  return [
    ...sourceColumns(policy, 'predictions'),
    ...(task.kind === 'ranking' ? columnsOfList(task.query, '/task/query') : []),
    ...measured(policy, 'predictions'),
    ...Object.keys(columns.declared).map((column) => ({ column, policyPath: `/columns/declared/${column}` })),
    ...Object.keys(columns.importance).map((column) => ({ column, policyPath: `/columns/importance/${column}` })),
    ...Object.keys(columns.ranges).map((column) => ({ column, policyPath: `/columns/ranges/${column}` })),
    ...segments.flatMap((segment) => (segment.by === 'cross' ? [] : [{ column: segment.column, policyPath: `/segments/${segment.name}` }])),
    ...columnsOfList(columns.critical, '/columns/critical').filter(({ column }) => !Object.hasOwn(columns.importance, column)),
    ...columnsOfList(columns.ignored, '/columns/ignored'),
    ...(rollout?.unit === undefined ? [] : [{ column: rollout.unit, policyPath: '/rollout/unit' }]),
  ];
}

function namedOfOutcomes(policy: Policy): NamedColumn[] {
  return [...sourceColumns(policy, 'outcomes'), ...measured(policy, 'outcomes')];
}

function measured({ measures }: Policy, of: 'predictions' | 'outcomes'): NamedColumn[] {
  return measuredColumns({ measures }, of).map((column) => ({ column, policyPath: '/measures' }));
}
