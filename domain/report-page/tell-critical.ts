import { isPrediction, type Moved } from './page.ts';

/** Names the critical columns as such, where not every column is. A prediction always counts and is named for what it is. */
export function tellCritical(columns: readonly Moved[]): Moved[] {
  const isTold = columns.some(({ critical }) => !critical);
  return columns.map((moved) =>
    isTold && moved.critical && !isPrediction(moved) ? { ...moved, traits: [...moved.traits, 'critical'] } : moved,
  );
}
