import { sayNumber } from '../report/say-number.ts';
import type { Fact, Moved } from './page.ts';

/** How small a shift of a number would have been found: what did not alarm may still have moved by less. Nothing where it is not known. */
export function seenShifts(columns: readonly Moved[]): Fact[] {
  const known = columns.flatMap(({ statistics }) => statistics.smallestShiftSeenInSigmas ?? []);
  if (known.length === 0) return [];
  const [least, most] = [Math.min(...known), Math.max(...known)].map(sayNumber);
  return [{ term: 'Smallest shift it can see', is: `${least === most ? least : `${least} to ${most}`} sigma` }];
}
