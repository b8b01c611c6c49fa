import betainc from '@stdlib/math-base-special-betainc';
import gammainc from '@stdlib/math-base-special-gammainc';
import { expect, it } from 'vitest';
import { benjaminiHochberg } from '../../domain/statistics/benjamini-hochberg.ts';
import { kolmogorovSmirnovP } from '../../domain/statistics/kolmogorov-smirnov-p.ts';
import { tQuantile } from '../../domain/statistics/t-quantile.ts';
import { chiSquareTail, fTail, tTail } from '../../domain/statistics/tails.ts';

/** Expected values: scipy 1.17.1, stats.<distribution>.sf and isf, special.<function>. */
function expectWithin(ours: number, theirs: number): void {
  expect(Math.abs(ours - theirs)).toBeLessThanOrEqual(1e-9 * Math.abs(theirs));
}

it.each([
  [1.5, 3, 11, 0.26881416203859276],
  [9.3, 4.37, 7, 0.0058617787989229935],
  [0.2, 9, 25, 0.9918993360672009],
  [35, 6.2, 11, 1.43766087801795e-6],
  [2.1, 100.5, 200, 4.59621793883085e-6],
  [250, 3.3, 25, 4.221745711038043e-19],
  [0.001, 2, 7, 0.9990006425205644],
])("given F = %d with %d and %d degrees of freedom, then the upper tail is scipy's", (x, numerator, denominator, expected) => {
  expectWithin(fTail(x, numerator, denominator), expected);
});

it.each([
  [0, 5, 0.5],
  [2, 11, 0.03540197753401729],
  [-1.3, 7, 0.8826160823038114],
  [9.1, 11, 9.405540477297323e-7],
  [25, 25, 1.6531294604209106e-19],
  [0.0001, 3, 0.4999632447403869],
  [6, 7, 0.00027112917100140525],
])("given t = %d with %d degrees of freedom, then the upper tail is scipy's", (t, degrees, expected) => {
  expectWithin(tTail(t, degrees), expected);
});

it.each([
  [0.1, 1, 0.7518296340458492],
  [3.84, 1, 0.05004352124870519],
  [18.3, 10, 0.050109061411462506],
  [120, 9, 1.336164776532522e-21],
  [2.5, 99, 1],
  [700, 20, 2.2134053404244967e-135],
])("given chi-square = %d with %d degrees of freedom, then the upper tail is scipy's", (x, degrees, expected) => {
  expectWithin(chiSquareTail(x, degrees), expected);
});

it.each([
  [0.025, 7, 2.3646242515927844],
  [0.025, 11, 2.2009851600916392],
  [0.0005, 25, 3.72514394972865],
  [1e-6, 12, 8.504302718054584],
])("given a tail of %d with %d degrees of freedom, then the t quantile is scipy's", (tail, degrees, expected) => {
  expectWithin(tQuantile(tail, degrees), expected);
});

it.each([
  [0.5, 0.9639452436648751],
  [0.9, 0.3927307079406543],
  [1, 0.26999967167735456],
  [1.36, 0.049485876755377876],
  [3, 3.0459959489425258e-8],
])("given %d of Kolmogorov's limit law, as with two million rows on each side, then the upper tail is scipy's kstwobign", (x, expected) => {
  expectWithin(kolmogorovSmirnovP(x / 1_000, 2_000_000, 2_000_000), expected);
});

it.each([
  [0.1, 0.460172162722971],
  [1, 0.15865525393145707],
  [1.96, 0.024997895148220435],
  [3, 0.0013498980316300933],
  [6, 9.865876450376946e-10],
  [10, 7.61985302416047e-24],
  [35, 1.1249107064724061e-268],
])("given z = %d, then half the tail of its square is scipy's upper tail of the normal law", (z, expected) => {
  expectWithin(chiSquareTail(z * z, 1) / 2, expected);
});

it.each([
  [0.2, 0.5, 3.5, 0.7725471819402367],
  [0.9, 12, 0.75, 0.19510795178564566],
  [0.01, 2, 150, 0.44637053190284653],
  [0.5, 1000, 1010, 0.588269827543728],
])("given x = %d, a = %d and b = %d, then the regularised beta function is scipy's betainc", (x, a, b, expected) => {
  expectWithin(betainc(x, a, b), expected);
});

it.each([
  [0.1, 0.5, 0.6547208460185768, 0.34527915398142317],
  [30, 12.5, 0.00010455486131526446, 0.9998954451386848],
  [250, 180, 1.3889925174886173e-6, 0.9999986110074826],
  [0.001, 3, 0.9999999998334583, 1.6654171665278094e-10],
])("given x = %d and a = %d, then both regularised gamma functions are scipy's gammaincc and gammainc", (x, a, upper, lower) => {
  expectWithin(gammainc(x, a, true, true), upper);
  expectWithin(gammainc(x, a), lower);
});

it("given the 25 p-values of a published example, when they are adjusted, then they are scipy's false_discovery_control", () => {
  const pValues = [0.205, 0.001, 0.039, 0.008, 0.041, 0.06, 0.042, 0.074, 0.986];
  const sixteen = [0.212, 0.216, 0.222, 0.251, 0.269, 0.275, 0.34, 0.341, 0.384, 0.569, 0.594, 0.696, 0.762, 0.94, 0.942, 0.975];
  const adjusted = benjaminiHochberg([...pValues, ...sixteen]);
  expectWithin(adjusted[1] as number, 0.025);
  expectWithin(adjusted[3] as number, 0.1);
  expectWithin(adjusted[2] as number, 0.21);
  expectWithin(adjusted[5] as number, 0.25);
  expectWithin(adjusted[0] as number, 0.49107142857142866);
  expectWithin(adjusted[8] as number, 0.986);
});
