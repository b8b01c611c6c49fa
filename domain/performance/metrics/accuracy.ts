import { total } from '../../statistics/counts.ts';
import type { ClassTotals } from './class-totals.ts';

/** Share of right answers, 0…1; undefined without rows. It is also micro-averaged precision, recall and F1, since a row has one class. */
export function accuracy({ right, actual }: ClassTotals): number | undefined {
  const rows = total(actual);
  return rows > 0 ? total(right) / rows : undefined;
}
