import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { correlationRatio } from '../../domain/statistics/correlation-ratio.ts';

const groups = fc.array(fc.array(fc.integer({ min: -1000, max: 1000 }), { maxLength: 12 }), { minLength: 2, maxLength: 8 });

function ratioOf(values: readonly (readonly number[])[]) {
  const sum = (of: readonly number[]) => of.reduce((all, value) => all + value, 0);
  return correlationRatio(
    values.map((group) => ({ rows: group.length, sum: sum(group) })),
    sum(values.flat().map((value) => value ** 2)),
  );
}

const law = (says: string, holds: (values: number[][]) => void) => it(says, () => fc.assert(fc.property(groups, holds)));

describe('the correlation ratio', () => {
  law('is the variance of the means over the variance of all, within 0 and 1', (values) => {
    const all = values.flat();
    const mean = (of: readonly number[]) => of.reduce((sum, value) => sum + value, 0) / of.length;
    const variance = mean(all.map((value) => (value - mean(all)) ** 2));
    const ofMeans = mean(values.flatMap((group) => group.map(() => (mean(group) - mean(all)) ** 2)));
    const ratio = ratioOf(values);
    if (ratio === undefined) return;
    expect(ratio.etaSquared).toBeCloseTo(ofMeans / variance, 9);
    expect(ratio.etaSquared).toBeGreaterThanOrEqual(0);
    expect(ratio.etaSquared).toBeLessThanOrEqual(1);
    expect(ratio.adjusted).toBeLessThanOrEqual(ratio.etaSquared + 1e-12);
  });

  law('is the same in another unit, for other origins, and for groups in another order', (values) => {
    const ratio = ratioOf(values)?.etaSquared;
    const again = ratioOf(values.map((group) => group.map((value) => 8 * value + 40)).toReversed())?.etaSquared;
    if (ratio === undefined) expect(again).toBeUndefined();
    else expect(again).toBeCloseTo(ratio, 9);
  });

  law('is 1 where every group has one value of its own', (values) => {
    const constant = values.map((group, place) => group.map(() => place));
    const filled = constant.filter(({ length }) => length > 0);
    if (filled.length < 2 || filled.flat().length <= filled.length) expect(ratioOf(constant)).toBeUndefined();
    else expect(ratioOf(constant)?.etaSquared).toBeCloseTo(1, 9);
  });

  it('is none where nothing varies', () => {
    expect(
      ratioOf([
        [5, 5, 5],
        [5, 5],
      ]),
    ).toBeUndefined();
  });
});
