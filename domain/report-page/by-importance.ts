import { type Moved, reach } from './page.ts';

/** Importance × effect, the largest first. Columns that decide are more important than all others; ties by name. */
export function byImportance(columns: readonly Moved[]): Moved[] {
  return [...columns].sort(
    (a, b) => Number(b.critical) - Number(a.critical) || compare(reach(b), reach(a)) || (a.column < b.column ? -1 : 1),
  );
}

function compare(one: number, other: number): number {
  return one === other ? 0 : one - other;
}
