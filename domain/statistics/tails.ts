import betainc from '@stdlib/math-base-special-betainc';
import gammainc from '@stdlib/math-base-special-gammainc';

/** P(F > x) for Fisher's F with `numerator` and `denominator` degrees of freedom, which need not be whole. Relative error under 1e-9. */
export function fTail(x: number, numerator: number, denominator: number): number {
  if (x <= 0) return 1;
  return betainc(denominator / (denominator + numerator * x), denominator / 2, numerator / 2);
}

/** P(T > t) for Student's t, one-sided. Relative error under 1e-9. */
export function tTail(t: number, degrees: number): number {
  const beyond = betainc(degrees / (degrees + t * t), degrees / 2, 0.5) / 2;
  return t >= 0 ? beyond : 1 - beyond;
}

/** P(chi-square > x). Relative error under 1e-9. */
export function chiSquareTail(x: number, degrees: number): number {
  return x <= 0 ? 1 : gammainc(x / 2, degrees / 2, true, true);
}
