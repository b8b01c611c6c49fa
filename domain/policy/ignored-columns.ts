import type { Policy } from './policy.ts';

/** Columns that are neither watched nor learnt from: those the policy ignores, and those that only name an item's query. */
export function ignoredColumns({ columns, task }: Pick<Policy, 'columns' | 'task'>): readonly string[] {
  return task.kind === 'ranking' ? [...new Set([...columns.ignored, ...task.query])] : columns.ignored;
}
