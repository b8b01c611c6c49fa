import { type ColumnTotals, totalColumn, withoutPart } from '../drift/column-totals.ts';
import type { GridColumn } from '../grid/grid.ts';
import { addCounts } from '../ledger/add-counts.ts';
import type { ColumnCounts } from '../ledger/entry.ts';
import { tQuantile } from '../statistics/t-quantile.ts';

const mostParts = 20;

/**
 * 95% interval of an effect by the delete-one jackknife over parts of both samples, at most twenty of each: neighbouring days, whose
 * rows are alike, are left out together. Not below 0.
 *
 * @param effect its value on all parts, and how it is measured
 * @param baseline counts of each day, or of random parts where rows have no time, in order
 * @returns undefined with fewer than two parts of a sample: nothing tells how far it varies
 *
 * Cost O(parts × cells). Source: Efron & Stein, "The jackknife estimate of variance", 1981.
 */
export function effectInterval(
  column: GridColumn,
  effect: {
    readonly value: number;
    readonly most: number;
    readonly of: (baseline: ColumnTotals, window: ColumnTotals) => number | undefined;
  },
  baseline: readonly ColumnCounts[],
  window: readonly ColumnCounts[],
): readonly [number, number] | undefined {
  const [before, now] = [inParts(baseline), inParts(window)];
  if (before.length < 2 || now.length < 2) return undefined;

  const [all, seen] = [totalColumn(column, before), totalColumn(column, now)];
  const squaredError =
    jackknifeVariance(withoutEach(column, before, all, (rest) => effect.of(rest, seen))) +
    jackknifeVariance(withoutEach(column, now, seen, (rest) => effect.of(all, rest)));
  const reach = quantileOf(Math.min(before.length, now.length) - 1) * Math.sqrt(squaredError);
  return [Math.max(0, effect.value - reach), Math.min(effect.most, effect.value + reach)];
}

/** By degrees of freedom, which most columns have alike. */
const quantiles = new Map<number, number>();

function quantileOf(degrees: number): number {
  const known = quantiles.get(degrees) ?? tQuantile(0.025, degrees);
  quantiles.set(degrees, known);
  return known;
}

function withoutEach(
  column: GridColumn,
  parts: readonly ColumnCounts[],
  whole: ColumnTotals,
  measure: (rest: ColumnTotals) => number | undefined,
): (number | undefined)[] {
  return parts.map((part) => measure(withoutPart(column, whole, totalColumn(column, [part]))));
}

function jackknifeVariance(values: readonly (number | undefined)[]): number {
  const known = values.filter((value) => value !== undefined);
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  return ((known.length - 1) / known.length) * known.reduce((sum, value) => sum + (value - mean) ** 2, 0);
}

function inParts(days: readonly ColumnCounts[]): ColumnCounts[] {
  const length = Math.ceil(days.length / mostParts);
  const parts: ColumnCounts[] = [];
  for (let from = 0; from < days.length; from += length) parts.push(days.slice(from, from + length).reduce(addCounts));
  return parts.filter(({ cells }) => cells.some((count) => count > 0));
}
