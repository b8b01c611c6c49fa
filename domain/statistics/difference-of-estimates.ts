import { type DifferenceT, differenceT } from './difference-t.ts';

/** An estimate, and how far it is to be trusted. */
export interface Estimate {
  readonly value: number;
  readonly standardError: number;
  /** That the standard error was estimated with. */
  readonly degrees: number;
}

/**
 * Student's t of the difference of two estimates that are independent of each other: the squares of their standard errors add up, with
 * Satterthwaite's degrees of freedom. Without any error a difference is certain.
 *
 * Source: Welch, "The generalization of 'Student's' problem when several different population variances are involved", 1947.
 */
export function differenceOfEstimates(reference: Estimate, estimate: Estimate): DifferenceT {
  const [a, b] = [reference.standardError ** 2, estimate.standardError ** 2];
  const degrees =
    a + b > 0 ? (a + b) ** 2 / (a ** 2 / reference.degrees + b ** 2 / estimate.degrees) : reference.degrees + estimate.degrees;
  return differenceT(reference.value, estimate.value, Math.sqrt(a + b), degrees);
}
