import type { OutcomeReading } from '../domain/check/table-profile.ts';
import { scoredClass } from '../domain/ledger/scored-class.ts';
import { addedToGrid } from '../domain/policy/added-to-grid.ts';
import { measuredColumns } from '../domain/policy/measure.ts';
import type { Policy } from '../domain/policy/policy.ts';

/**
 * Where a table carries the outcomes of its predictions, as the policy names them for files of their own. Undefined where it names no columns, and
 * where items are ranked: these are right or wrong by query, and a table's rows are counted one by one.
 */
export function outcomeReading(policy: Policy): OutcomeReading | undefined {
  const { sources, task, labels } = policy;
  const { predictions, outcomes } = sources;
  if (outcomes === undefined || outcomes.from === 'gateway' || predictions.from === 'gateway' || task.kind === 'ranking') return undefined;
  const { measures, scores } = addedToGrid(policy);
  const positive = scoredClass(policy);
  return {
    label: outcomes.label,
    beside: [...(outcomes.knownAt === undefined ? [] : [outcomes.knownAt]), ...measuredColumns({ measures }, 'outcomes')],
    ...(positive !== undefined && { positive }),
    ...(labels.absentMeans !== undefined && { absent: labels.absentMeans }),
    scores,
    measures,
  };
}
