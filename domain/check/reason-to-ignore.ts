import type { ColumnTotals } from '../drift/column-totals.ts';
import type { ColumnSample } from '../grid/column-sample.ts';
import { readText } from './read-text.ts';

/** One column of both tables. */
export interface ColumnPair {
  /** Of the baseline. */
  readonly sample: ColumnSample;
  readonly baseline: ColumnTotals;
  readonly window: ColumnTotals;
  /** Smallest and largest number of both tables together; absent for categories and without values. */
  readonly range?: readonly [number, number];
}

/** Of fewer rows nothing is said: that they all differ is chance. */
const fewestRows = 30;
const nameOfAnId = /(^|[\s_.-])(id|ID|Id)$|[a-z]I[dD]$/;

/**
 * Why a column tells nothing when it is compared: it holds no values in either table, one and the same value in both, times, or ids
 * (text or, by its name, whole numbers of which the baseline holds each once). Undefined when it is to be compared.
 *
 * Cost O(sample).
 */
export function reasonToIgnore(pair: ColumnPair): string | undefined {
  const { sample, baseline, window } = pair;
  if (baseline.valued === 0 && window.valued === 0) return 'no values';
  if (isConstant(pair)) return 'constant: the same value in both';
  if (sample.kind === 'numeric') return isId(sample) ? 'ids: whole numbers of which no two rows have the same' : undefined;
  if (readText(sample.values) === 'times') return 'times';
  return allDiffer(sample) ? 'ids: text of which no two rows have the same' : undefined;
}

function isConstant({ sample, baseline, window, range }: ColumnPair): boolean {
  if (baseline.valued === 0 || window.valued === 0) return false;
  if (sample.kind === 'numeric') return range !== undefined && range[0] === range[1];
  const held = ({ cells }: ColumnTotals) => cells.findIndex((count) => count > 0);
  const isOne = ({ cells, unseen }: ColumnTotals) => unseen === 0 && cells.filter((count) => count > 0).length === 1;
  return isOne(baseline) && isOne(window) && held(baseline) === held(window);
}

function isId(sample: ColumnSample & { readonly kind: 'numeric' }): boolean {
  return nameOfAnId.test(sample.name) && sample.values.every((value) => Number.isInteger(value)) && allDiffer(sample);
}

function allDiffer({ values }: ColumnSample): boolean {
  return values.length >= fewestRows && new Set<number | string>(values).size === values.length;
}
