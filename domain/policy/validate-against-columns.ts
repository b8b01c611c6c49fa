import { measuredColumns } from './measure.ts';
import type { Policy } from './policy.ts';
import { scoreColumns } from './score-columns.ts';

export interface ColumnProblem {
  /** JSON pointer into the policy. */
  readonly policyPath: string;
  readonly says: string;
  readonly remedy: string;
}

/** Every column the policy names and the predictions do not have. Pure; the caller reads the names from the data. */
export function validateAgainstColumns(policy: Policy, columns: readonly string[]): ColumnProblem[] {
  const present = new Set(columns);
  return namedColumns(policy)
    .filter(({ column }) => !present.has(column))
    .map(({ column, policyPath }) => ({
      policyPath,
      says: `the predictions have no column ${column}`,
      remedy: `Name one of their columns: ${columns.join(', ')}.`,
    }));
}

function namedColumns({ task, columns, segments, measures, sources, rollout }: Policy): { column: string; policyPath: string }[] {
  const each = (names: readonly string[], policyPath: string) =>
    names.map((column, index) => ({ column, policyPath: `${policyPath}/${index}` }));
  const { predictions } = sources;
  const own =
    predictions.from === 'gateway'
      ? []
      : [
          ...each(predictions.id, '/sources/predictions/id'),
          { column: predictions.time, policyPath: '/sources/predictions/time' },
          { column: predictions.prediction, policyPath: '/sources/predictions/prediction' },
          ...(predictions.version === undefined ? [] : [{ column: predictions.version, policyPath: '/sources/predictions/version' }]),
          ...scoreColumns(predictions).map(({ column, of }) => ({
            column,
            policyPath: `/sources/predictions/score${of === undefined ? '' : `/${of}`}`,
          })),
        ];
  return [
    ...own,
    ...(task.kind === 'ranking' ? each(task.query, '/task/query') : []),
    ...measuredColumns({ measures }, 'predictions').map((column) => ({ column, policyPath: '/measures' })),
    ...Object.keys(columns.declared).map((column) => ({ column, policyPath: `/columns/declared/${column}` })),
    ...Object.keys(columns.importance).map((column) => ({ column, policyPath: `/columns/importance/${column}` })),
    ...Object.keys(columns.ranges).map((column) => ({ column, policyPath: `/columns/ranges/${column}` })),
    ...segments.flatMap((segment) => (segment.by === 'cross' ? [] : [{ column: segment.column, policyPath: `/segments/${segment.name}` }])),
    ...each(columns.critical, '/columns/critical').filter(({ column }) => !Object.hasOwn(columns.importance, column)),
    ...each(columns.ignored, '/columns/ignored'),
    ...(rollout?.unit === undefined ? [] : [{ column: rollout.unit, policyPath: '/rollout/unit' }]),
  ];
}
