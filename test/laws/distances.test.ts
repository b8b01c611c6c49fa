import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hellinger } from '../../domain/statistics/hellinger.ts';
import { jensenShannon } from '../../domain/statistics/jensen-shannon.ts';
import { kolmogorovSmirnov } from '../../domain/statistics/kolmogorov-smirnov.ts';
import { lInfinity } from '../../domain/statistics/l-infinity.ts';
import { populationStabilityIndex } from '../../domain/statistics/population-stability-index.ts';
import { totalVariation } from '../../domain/statistics/total-variation.ts';
import { wasserstein } from '../../domain/statistics/wasserstein.ts';

const edges = [-2, -1, -0.5, 0, 0.25, 1, 4];
const counts = fc.array(fc.nat(1000), { minLength: 8, maxLength: 8 }).filter((cells) => cells.some(Boolean));

const sample = (cells: readonly number[]) => ({ cells, lowExcess: cells[0] ?? 0, highExcess: 3 * (cells[7] ?? 0) });

const distances = {
  'population stability index': { of: populationStabilityIndex, most: Number.POSITIVE_INFINITY },
  'Jensen–Shannon distance': { of: (a: number[], b: number[]) => jensenShannon(a, b)?.distance, most: 1 },
  'Jensen–Shannon divergence': { of: (a: number[], b: number[]) => jensenShannon(a, b)?.divergence, most: 1 },
  'Kolmogorov–Smirnov distance': { of: (a: number[], b: number[]) => kolmogorovSmirnov(a, b)?.distance, most: 1 },
  'Hellinger distance': { of: hellinger, most: 1 },
  'L-infinity distance': { of: lInfinity, most: 1 },
  'total variation distance': { of: totalVariation, most: 1 },
  'Wasserstein distance': { of: (a: number[], b: number[]) => wasserstein(sample(a), sample(b), edges), most: 1 + 6 + 3 },
};

describe.each(Object.entries(distances))('the %s', (_name, { of, most }) => {
  const law = (says: string, holds: (a: number[], b: number[]) => void) => it(says, () => fc.assert(fc.property(counts, counts, holds)));

  law('is the same from either side', (a, b) => {
    expect(of(a, b)).toBeCloseTo(of(b, a) as number, 10);
  });

  law('stays within its bounds', (a, b) => {
    expect(of(a, b)).toBeGreaterThanOrEqual(0);
    expect(of(a, b)).toBeLessThanOrEqual(most + 1e-9);
  });

  law('finds nothing moved when the same sample is seen three times over', (a) => {
    const threefold = a.map((count) => 3 * count);
    expect(of(a, threefold)).toBeCloseTo(0, 6);
  });

  law('is above zero for samples whose shares differ by a row in eight', (a, b) => {
    const total = (cells: number[]) => cells.reduce((sum, count) => sum + count, 0);
    const widest = Math.max(...a.map((count, cell) => Math.abs(count / total(a) - (b[cell] as number) / total(b))));
    fc.pre(widest > 1 / 8);
    expect(of(a, b)).toBeGreaterThan(1e-4);
  });

  it('is undefined when a sample is empty', () => {
    expect(of([0, 0, 0, 0, 0, 0, 0, 0], [1, 0, 0, 0, 0, 0, 0, 0])).toBeUndefined();
  });

  it('refuses samples on different cells', () => {
    expect(() => of([1, 2], [1, 2, 3])).toThrow(RangeError);
  });
});

describe('merging cells', () => {
  const merge = (cells: number[]) => [0, 2, 4, 6].map((cell) => (cells[cell] as number) + (cells[cell + 1] as number));

  it('never makes shapes look further apart', () => {
    fc.assert(
      fc.property(counts, counts, (a, b) => {
        expect(jensenShannon(merge(a), merge(b))?.divergence).toBeLessThanOrEqual((jensenShannon(a, b)?.divergence as number) + 1e-12);
        expect(hellinger(merge(a), merge(b))).toBeLessThanOrEqual((hellinger(a, b) as number) + 1e-12);
        expect(totalVariation(merge(a), merge(b))).toBeLessThanOrEqual((totalVariation(a, b) as number) + 1e-12);
        const fine = kolmogorovSmirnov(a, b);
        const merged = kolmogorovSmirnov(merge(a), merge(b));
        expect(merged?.distance).toBeLessThanOrEqual((fine?.distance as number) + 1e-12);
        expect((merged?.distance as number) + (merged?.errorBound as number)).toBeGreaterThanOrEqual((fine?.distance as number) - 1e-12);
      }),
    );
  });

  it('changes nothing where the merged cells held equal shares of both', () => {
    fc.assert(
      fc.property(counts, counts, (a, b) => {
        const split = (cells: number[]) => cells.flatMap((count) => [count, count]);
        expect(populationStabilityIndex(split(a), split(b)) ?? 0).toBeCloseTo(splitIndex(a, b), 6);
        expect(hellinger(split(a), split(b))).toBeCloseTo(hellinger(a, b) as number, 10);
        expect(totalVariation(split(a), split(b))).toBeCloseTo(totalVariation(a, b) as number, 10);
        expect(kolmogorovSmirnov(split(a), split(b))?.distance).toBeCloseTo(kolmogorovSmirnov(a, b)?.distance as number, 10);
      }),
    );
  });

  /** An empty cell split in two counts twice as the floor: only then does splitting matter to the index. */
  function splitIndex(a: number[], b: number[]): number {
    const emptyOnce = a.some((count, cell) => (count === 0) !== (b[cell] === 0));
    fc.pre(!emptyOnce);
    return populationStabilityIndex(a, b) as number;
  }
});

describe('the Wasserstein distance and units', () => {
  it('scales with the unit and does not see a moved origin', () => {
    fc.assert(
      fc.property(
        counts,
        counts,
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        fc.integer({ min: -50, max: 50 }),
        (a, b, unit, origin) => {
          const rescaled = (cells: number[]) => ({ cells, lowExcess: unit * (cells[0] ?? 0), highExcess: unit * 3 * (cells[7] ?? 0) });
          const before = wasserstein(sample(a), sample(b), edges) as number;
          const after = wasserstein(
            rescaled(a),
            rescaled(b),
            edges.map((edge) => edge * unit + origin),
          ) as number;
          expect(Math.abs(after - unit * before)).toBeLessThanOrEqual(1e-9 * (1 + unit * before));
        },
      ),
    );
  });

  it('is the difference of the means, when they are given and the whole sample moved inside one cell', () => {
    const shifted = (mean: number) => ({ cells: [0, 0, 0, 0, 10, 0, 0, 0], lowExcess: 0, highExcess: 0, mean });
    expect(wasserstein(shifted(0.05), shifted(0.2), edges)).toBeCloseTo(0.15, 12);
  });
});

describe('how the distances lie to each other', () => {
  const law = (says: string, holds: (a: number[], b: number[]) => void) => it(says, () => fc.assert(fc.property(counts, counts, holds)));

  law('total variation lies between the square of the Hellinger distance and 1.42 times it', (a, b) => {
    const [h, tv] = [hellinger(a, b) as number, totalVariation(a, b) as number];
    expect(tv).toBeGreaterThanOrEqual(h * h - 1e-12);
    expect(tv).toBeLessThanOrEqual(Math.SQRT2 * h + 1e-12);
  });

  law('no single cell and no cumulative share differs by more than the total variation', (a, b) => {
    const tv = (totalVariation(a, b) as number) + 1e-12;
    expect(lInfinity(a, b)).toBeLessThanOrEqual(tv);
    expect(kolmogorovSmirnov(a, b)?.distance).toBeLessThanOrEqual(tv);
  });

  law('grow as the window takes in more of another sample', (a, b) => {
    const mixed = (part: number) => a.map((count, cell) => (1 - part) * count * sizeOf(b) + part * (b[cell] as number) * sizeOf(a));
    for (const distance of [populationStabilityIndex, hellinger, lInfinity, totalVariation])
      expect(distance(a, mixed(0.3))).toBeLessThanOrEqual((distance(a, mixed(0.6)) as number) + 1e-9);
  });

  const sizeOf = (cells: readonly number[]) => cells.reduce((sum, count) => sum + count, 0);
});

describe('the Wasserstein distance of a column of few values', () => {
  it('is that of the values themselves, whatever their shares', () => {
    fc.assert(
      fc.property(counts, counts, (a, b) => {
        const values = [-3, -1, 0, 0.5, 2, 7, 8, 20];
        const withMean = (cells: readonly number[]) => {
          const rows = cells.reduce((sum, count) => sum + count, 0);
          return {
            cells: [0, ...cells],
            lowExcess: 0,
            highExcess: 0,
            mean: cells.reduce((sum, c, i) => sum + c * (values[i] as number), 0) / rows,
          };
        };
        expect(wasserstein(withMean(a), withMean(b), values)).toBeCloseTo(areaBetween(values, a, b), 9);
      }),
    );
  });

  function areaBetween(values: readonly number[], a: readonly number[], b: readonly number[]): number {
    const [n, m] = [a, b].map((cells) => cells.reduce((sum, count) => sum + count, 0)) as [number, number];
    let [gap, area] = [0, 0];
    for (let at = 0; at + 1 < values.length; at += 1) {
      gap += (a[at] as number) / n - (b[at] as number) / m;
      area += Math.abs(gap) * ((values[at + 1] as number) - (values[at] as number));
    }
    return area;
  }
});
