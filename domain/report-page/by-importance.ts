import { type Moved, reach } from './page.ts';

/**
 * Importance × effect, the largest first. Columns that decide are more important than all others, and a prediction than any input; where the
 * importance of inputs is known, it weighs their effects. Ties by effect, then by name.
 */
export function byImportance(columns: readonly Moved[]): Moved[] {
  const weighed = (moved: Moved) => reach(moved) * importanceOf(moved);
  return [...columns].sort(
    (a, b) =>
      Number(b.critical) - Number(a.critical) ||
      compare(weighed(b), weighed(a)) ||
      compare(reach(b), reach(a)) ||
      (a.column < b.column ? -1 : 1),
  );
}

function importanceOf({ statistics: { importance = 1 } }: Moved): number {
  return importance;
}

function compare(one: number, other: number): number {
  return one === other ? 0 : one - other;
}
