import type { Policy } from '../policy/policy.ts';
import type { CountedTable } from './counted-table.ts';

interface Tables {
  readonly baseline: Pick<CountedTable, 'columns'>;
  readonly data: Pick<CountedTable, 'columns'>;
}

/** Critical columns that one of the tables lacks: of what the policy says decides nothing can be said. */
export function uncheckedCritical({ columns }: Policy, { baseline, data }: Tables): string[] {
  return columns.critical.flatMap((name) => {
    const [before, now] = [baseline.columns.includes(name), data.columns.includes(name)];
    if (before && now) return [];
    const lacking = before ? 'the data lack it' : now ? 'the baseline lacks it' : 'neither table has such a column';
    return [`The policy calls ${name} critical, and ${lacking} (columns.critical).`];
  });
}

/** Columns the policy says something of that neither table has. */
export function unknownColumns({ columns }: Policy, { baseline, data }: Tables): string[] {
  const named = { kinds: columns.declared, importance: columns.importance, ranges: columns.ranges };
  return Object.entries(named).flatMap(([part, of]) =>
    Object.keys(of)
      .filter((name) => !baseline.columns.includes(name) && !data.columns.includes(name))
      .map((name) => `Neither table has a column ${name} (columns.${part}).`),
  );
}
