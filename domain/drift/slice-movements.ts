import { coarseColumn } from '../grid/coarse-column.ts';
import type { GridColumn } from '../grid/grid.ts';
import { slicesOf } from '../grid/slices-of.ts';
import type { Partition } from '../ledger/entry.ts';
import { sliceOf } from '../ledger/slice-of.ts';
import type { Dimension } from '../policy/dimension.ts';
import type { Judgement } from '../report/report.ts';
import { type DriftDays, type DriftRule, daysOf, measureColumns } from './drift-days.ts';
import type { ColumnMovement } from './measure-column.ts';
import { smallestGroup } from './publishable-bars.ts';

/** How far the columns moved in one slice; none where it is too small to be told of. */
export interface SliceMovements {
  readonly segment: string;
  readonly movements: readonly ColumnMovement[];
}

/** Every column in every slice, each against the slice's own past. Cost O(slices × columns × days × 32). */
export function sliceMovements(
  dimensions: readonly Dimension[],
  columns: readonly GridColumn[],
  days: DriftDays,
  rule: DriftRule,
): SliceMovements[] {
  const coarse = columns.map(coarseColumn);
  return slicesOf(dimensions).map(({ name }) => {
    const own = daysOf(days, (partitions) => sliceOf(partitions, name));
    const isTold = [own.baseline, own.window].every((rows) => rowsOf(rows) >= smallestGroup);
    return { segment: name, movements: isTold ? measureColumns(coarse, own, rule) : [] };
  });
}

/** What a report says of one slice: every column that moved or, where none did, the one that came nearest to it. */
export function toldOfSlice(segment: string, judged: readonly Judgement[]): Judgement[] {
  const [first] = judged;
  if (first === undefined) return [tooSmall(segment)];
  const moved = judged.filter(({ outcome }) => outcome === 'fail');
  const reach = ({ value, threshold }: Judgement) => (value === undefined || !threshold ? -1 : value / threshold);
  const told = moved.length > 0 ? moved : [judged.reduce((most, one) => (reach(one) > reach(most) ? one : most), first)];
  return told.map(({ distribution, statistics: { rowsInBaseline = 0, rowsInWindow = 0 }, ...rest }) => ({
    ...rest,
    segment,
    statistics: { rowsInBaseline, rowsInWindow },
  }));
}

function tooSmall(segment: string): Judgement {
  const missing = `${smallestGroup} rows or more in window and baseline`;
  return {
    layer: 'inputs',
    subject: 'inputs',
    segment,
    statistic: 'none',
    outcome: 'inconclusive',
    statistics: {},
    missing,
    critical: false,
    policyPath: '/segments',
    says: `Inputs in ${segment} cannot be judged: needs ${missing}.`,
  };
}

function rowsOf(days: readonly Partition[]): number {
  return days.reduce((sum, { rows }) => sum + rows, 0);
}
