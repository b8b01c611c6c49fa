import { total } from '../../statistics/counts.ts';
import type { ClassTotals } from './class-totals.ts';

/**
 * Mean over the true classes of the share that was found, 0…1; a classifier that always says one of k classes has 1/k. Classes
 * without true rows are left out; undefined when none has any. Not adjusted for chance.
 *
 * Source: Brodersen et al., "The balanced accuracy and its posterior distribution", 2010.
 */
export function balancedAccuracy({ right, actual }: ClassTotals): number | undefined {
  const found = actual.flatMap((rows, own) => (rows > 0 ? [(right[own] as number) / rows] : []));
  return found.length > 0 ? total(found) / found.length : undefined;
}
