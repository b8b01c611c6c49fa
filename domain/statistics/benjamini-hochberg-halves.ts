import { benjaminiHochberg } from './benjamini-hochberg.ts';

/**
 * Benjamini–Hochberg over one family of two kinds of tests, each with half the weight however many there are of it: the second, mostly many
 * tests of parts, costs the first no more than a factor of two. One kind alone has all the weight.
 *
 * @returns adjusted p-values of both, in the order given
 *
 * Source: Genovese, Roeder & Wasserman, "False discovery control with p-value weighting", 2006.
 */
export function benjaminiHochbergHalves(first: readonly number[], second: readonly number[]): [first: number[], second: number[]] {
  if (first.length === 0 || second.length === 0) return [benjaminiHochberg(first), benjaminiHochberg(second)];
  const half = (first.length + second.length) / 2;
  const weighted = [...first.map((p) => (p * first.length) / half), ...second.map((p) => (p * second.length) / half)];
  const adjusted = benjaminiHochberg(weighted);
  return [adjusted.slice(0, first.length), adjusted.slice(first.length)];
}
