import type { ColumnTotals } from '../drift/column-totals.ts';
import type { ColumnKind } from '../grid/grid.ts';
import type { SampleLook } from './sample-look.ts';

/** One column of both tables. */
export interface ColumnPair {
  readonly kind: ColumnKind;
  /** Of the baseline. */
  readonly look?: SampleLook;
  readonly baseline: ColumnTotals;
  readonly window: ColumnTotals;
  /** Smallest and largest number of both tables together; absent for categories and without values. */
  readonly range?: readonly [number, number];
}

const reasons: Readonly<Record<SampleLook, string>> = {
  times: 'times',
  wholeNumberIds: 'ids: whole numbers of which no two rows have the same',
  textIds: 'ids: text of which no two rows have the same',
  numbersAsText: 'numbers written as text: see the notes',
};

/**
 * Why a column tells nothing when it is compared: it holds no values in either table, one and the same value in both, times, or ids.
 * Undefined when it is to be compared.
 *
 * Cost O(cells).
 */
export function reasonToIgnore(pair: ColumnPair): string | undefined {
  const { look, baseline, window } = pair;
  if (baseline.valued === 0 && window.valued === 0) return 'no values';
  if (isConstant(pair)) return 'constant: the same value in both';
  return look && reasons[look];
}

function isConstant({ kind, baseline, window, range }: ColumnPair): boolean {
  if (baseline.valued === 0 || window.valued === 0) return false;
  if (kind === 'numeric') return range !== undefined && range[0] === range[1];
  const held = ({ cells }: ColumnTotals) => cells.findIndex((count) => count > 0);
  const isOne = ({ cells, unseen }: ColumnTotals) => unseen === 0 && cells.filter((count) => count > 0).length === 1;
  return isOne(baseline) && isOne(window) && held(baseline) === held(window);
}
