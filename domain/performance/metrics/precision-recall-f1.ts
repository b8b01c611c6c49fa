import { total } from '../../statistics/counts.ts';
import type { ClassTotals } from './class-totals.ts';

/** Shares, 0…1. */
export interface PrecisionRecallF1 {
  /** Of the rows predicted as the class, those that are; 0 where none was predicted. */
  readonly precision: number;
  /** Of the rows of the class, those predicted as it; 0 where there are none. */
  readonly recall: number;
  /** Their harmonic mean, 2 right / (actual + predicted). */
  readonly f1: number;
}

/** Of one class, by its place; undefined where it is neither true nor predicted in any row: there is nothing to say of it. */
export function precisionRecallF1({ right, actual, predicted }: ClassTotals, place: number): PrecisionRecallF1 | undefined {
  const [hits, rows, said] = [right[place] ?? 0, actual[place] ?? 0, predicted[place] ?? 0];
  if (rows + said <= 0) return undefined;
  return { precision: said > 0 ? hits / said : 0, recall: rows > 0 ? hits / rows : 0, f1: (2 * hits) / (rows + said) };
}

/**
 * Unweighted means over the classes that are true or predicted in any row; undefined without rows.
 *
 * Macro F1 is the mean of the classes' F1, not the F1 of the means. Source: Opitz & Burst, "Macro F1 and Macro F1", 2019.
 */
export function macroPrecisionRecallF1(totals: ClassTotals): PrecisionRecallF1 | undefined {
  const classes = totals.actual.flatMap((_, place) => precisionRecallF1(totals, place) ?? []);
  if (classes.length === 0) return undefined;
  const mean = (of: keyof PrecisionRecallF1) => total(classes.map((one) => one[of])) / classes.length;
  return { precision: mean('precision'), recall: mean('recall'), f1: mean('f1') };
}
