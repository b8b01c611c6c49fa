import { tQuantile } from './t-quantile.ts';
import { tTail } from './tails.ts';

/** A value against a reference, and how sure the difference is. */
export interface DifferenceT {
  readonly reference: number;
  readonly value: number;
  readonly difference: number;
  readonly standardError: number;
  /** Absent when the standard error is 0: then everything is constant and any difference is certain. */
  readonly t?: number;
  readonly degrees: number;
  readonly pGreater: number;
  readonly pDifferent: number;
  /** Of the difference, two-sided 95%. */
  readonly interval: readonly [number, number];
}

/** Student's t of a difference, given its standard error and the degrees of freedom that was estimated with. */
export function differenceT(reference: number, value: number, standardError: number, degrees: number): DifferenceT {
  const difference = value - reference;
  const reach = tQuantile(0.025, degrees) * standardError;
  const measured = { reference, value, difference, standardError, degrees, interval: [difference - reach, difference + reach] as const };
  if (standardError === 0) return { ...measured, pGreater: difference > 0 ? 0 : 1, pDifferent: difference === 0 ? 1 : 0 };
  const t = difference / standardError;
  return { ...measured, t, pGreater: tTail(t, degrees), pDifferent: Math.min(1, 2 * tTail(Math.abs(t), degrees)) };
}
