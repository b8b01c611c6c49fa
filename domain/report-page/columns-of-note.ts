import { isFarWithinChance, type Moved } from './page.ts';

const shownAtLeast = 12;

/** How many columns, from the first, a reader is shown at once: all that moved far or could not be judged, and at least twelve. The rest is steady. */
export function columnsOfNote(columns: readonly Moved[]): number {
  const last = columns.findLastIndex((moved) => moved.verdict !== 'steady' || isFarWithinChance(moved));
  return Math.min(columns.length, Math.max(shownAtLeast, last + 1));
}
