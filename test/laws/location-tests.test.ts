import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chiSquare } from '../../domain/statistics/chi-square.ts';
import { cohensD } from '../../domain/statistics/cohens-d.ts';
import { kolmogorovSmirnovP } from '../../domain/statistics/kolmogorov-smirnov-p.ts';
import { mannWhitney } from '../../domain/statistics/mann-whitney.ts';
import type { Moments } from '../../domain/statistics/moments.ts';
import { welchT } from '../../domain/statistics/welch-t.ts';

const counts = fc.array(fc.nat(1000), { minLength: 8, maxLength: 8 }).filter((cells) => cells.some(Boolean));
const finite = (least: number, most: number) => fc.double({ min: least, max: most, noNaN: true });
const moments: fc.Arbitrary<Moments> = fc.record({
  rows: fc.integer({ min: 2, max: 1e6 }),
  mean: finite(-1e3, 1e3),
  variance: finite(1e-3, 1e3),
});

describe('Mann-Whitney on cells', () => {
  const law = (says: string, holds: (a: number[], b: number[]) => void) => it(says, () => fc.assert(fc.property(counts, counts, holds)));

  law('sees from the other side the opposite effect with the same p', (a, b) => {
    const [one, other] = [mannWhitney(a, b), mannWhitney(b, a)];
    expect((one?.effect as number) + (other?.effect as number)).toBeCloseTo(1, 12);
    expect((one?.z as number) + (other?.z as number)).toBeCloseTo(0, 9);
    expect(one?.pValue).toBeCloseTo(other?.pValue as number, 12);
  });

  law('stays within 0 and 1, and finds nothing in a sample seen three times over', (a, b) => {
    for (const share of [mannWhitney(a, b)?.effect, mannWhitney(a, b)?.pValue]) {
      expect(share).toBeGreaterThanOrEqual(0);
      expect(share).toBeLessThanOrEqual(1);
    }
    const threefold = a.map((count) => 3 * count);
    expect(mannWhitney(a, threefold)).toMatchObject({ effect: 0.5, z: 0, pValue: 1 });
  });

  law('counts every pair of rows, as when they are compared one by one', (a, b) => {
    const [x, y] = [a, b].map((cells) => cells.map((count) => count % 4));
    fc.pre(x?.some(Boolean) === true && y?.some(Boolean) === true);
    const rows = (cells: readonly number[] = []) => cells.flatMap((count, cell) => new Array<number>(count).fill(cell));
    const pairs = rows(y).flatMap((high) => rows(x).map((low): number => (high > low ? 1 : high === low ? 0.5 : 0)));
    expect(mannWhitney(x ?? [], y ?? [])?.u).toBeCloseTo(
      pairs.reduce((sum, pair) => sum + pair, 0),
      9,
    );
  });

  law('rises when the window moves one cell up', (a, b) => {
    const up = [0, ...b.slice(0, 6), (b[6] as number) + (b[7] as number)];
    expect(mannWhitney(a, up)?.effect).toBeGreaterThanOrEqual((mannWhitney(a, b)?.effect as number) - 1e-12);
  });
});

describe('Welch and Cohen', () => {
  const law = (says: string, holds: (a: Moments, b: Moments) => void) => it(says, () => fc.assert(fc.property(moments, moments, holds)));
  const inUnit = (by: number, { rows, mean, variance }: Moments) => ({ rows, mean: by * mean, variance: by * by * variance });

  law('see the opposite from the other side', (a, b) => {
    expect(welchT(a, b)?.t).toBeCloseTo(-(welchT(b, a)?.t as number), 9);
    expect(cohensD(a, b)).toBeCloseTo(-(cohensD(b, a) as number), 9);
  });

  law('do not see the unit', (a, b) => {
    const scaled = [inUnit(8, a), inUnit(8, b)] as const;
    expect(welchT(...scaled)?.pValue).toBeCloseTo(welchT(a, b)?.pValue as number, 9);
    expect(cohensD(...scaled)).toBeCloseTo(cohensD(a, b) as number, 9);
  });

  law('find nothing between equal means', (a, b) => {
    expect(welchT(a, { ...b, mean: a.mean })?.pValue).toBe(1);
    expect(cohensD(a, { ...b, mean: a.mean })).toBe(0);
  });

  it('given no spread at all, then neither can be had', () => {
    const constant = { rows: 10, mean: 1, variance: 0 };
    expect(welchT(constant, { ...constant, mean: 2 })).toBeUndefined();
    expect(cohensD(constant, { ...constant, mean: 2 })).toBeUndefined();
  });
});

describe('the two-sample chi-square', () => {
  it('is the same from either side and after merging cells whose shares are equal', () => {
    fc.assert(
      fc.property(counts, counts, (a, b) => {
        expect(chiSquare(a, b)?.statistic).toBeCloseTo(chiSquare(b, a)?.statistic as number, 6);
        const split = (cells: readonly number[]) => cells.flatMap((count) => [count, count]);
        const whole = chiSquare(
          split(a).map((count) => count / 2),
          split(b).map((count) => count / 2),
        );
        expect(whole?.statistic).toBeCloseTo(chiSquare(a, b)?.statistic as number, 6);
      }),
    );
  });
});

describe('the p-value of a Kolmogorov-Smirnov distance', () => {
  const rows = fc.integer({ min: 2, max: 60 });

  it('falls as the distance grows, from 1 at none, and is the same from either side', () => {
    fc.assert(
      fc.property(rows, rows, finite(0, 1), finite(0, 1), (n, m, one, other) => {
        const [near, far] = one < other ? [one, other] : [other, one];
        expect(kolmogorovSmirnovP(far, n, m)).toBeLessThanOrEqual(kolmogorovSmirnovP(near, n, m) + 1e-12);
        expect(kolmogorovSmirnovP(far, n, m)).toBeCloseTo(kolmogorovSmirnovP(far, m, n), 12);
        expect(kolmogorovSmirnovP(0, n, m)).toBe(1);
      }),
    );
  });

  it('at the largest distance is one order of the rows in all, either way round', () => {
    expect(kolmogorovSmirnovP(1, 5, 7)).toBeCloseTo(2 / 792, 15);
  });

  it('goes over from the exact law to the limit without a step', () => {
    for (const distance of [0.02, 0.05, 0.07, 0.09])
      expect(Math.abs(kolmogorovSmirnovP(distance, 500, 500) - kolmogorovSmirnovP(distance, 500, 501))).toBeLessThan(0.04);
  });
});
