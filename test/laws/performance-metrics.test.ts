import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areaUnderRoc, gini } from '../../domain/performance/metrics/area-under-roc.ts';
import { averagePrecision } from '../../domain/performance/metrics/average-precision.ts';
import { balancedAccuracy } from '../../domain/performance/metrics/balanced-accuracy.ts';
import { calibrationErrorOfEqualMass, calibrationErrorOfEqualWidth } from '../../domain/performance/metrics/calibration-error.ts';
import { classTotals } from '../../domain/performance/metrics/class-totals.ts';
import { matthewsCorrelation } from '../../domain/performance/metrics/matthews-correlation.ts';
import { macroPrecisionRecallF1 } from '../../domain/performance/metrics/precision-recall-f1.ts';
import { blockT } from '../../domain/statistics/block-t.ts';
import { jackknifeInterval } from '../../domain/statistics/jackknife-interval.ts';
import { jackknifeT } from '../../domain/statistics/jackknife-t.ts';
import { leaveOneOut } from '../../domain/statistics/leave-one-out.ts';
import { ratioInterval } from '../../domain/statistics/ratio-interval.ts';
import type { RatioSums } from '../../domain/statistics/ratio-sums.ts';

const row = fc.record({ truth: fc.nat(3), said: fc.nat(3) });
const rows = fc.array(row, { minLength: 1, maxLength: 60 });
const totalsOf = (of: readonly { truth: number; said: number }[]) =>
  classTotals([0, 1, 2, 3].map((t) => [0, 1, 2, 3].map((p) => of.filter(({ truth, said }) => truth === t && said === p).length)));
const ofClasses = {
  balancedAccuracy,
  matthewsCorrelation,
  macroF1: (totals: ReturnType<typeof totalsOf>) => macroPrecisionRecallF1(totals)?.f1,
  macroPrecision: (totals: ReturnType<typeof totalsOf>) => macroPrecisionRecallF1(totals)?.precision,
  macroRecall: (totals: ReturnType<typeof totalsOf>) => macroPrecisionRecallF1(totals)?.recall,
};

describe.each(Object.entries(ofClasses))('%s', (name, measure) => {
  const least = name === 'matthewsCorrelation' ? -1 : 0;

  it('lies within its bounds', () =>
    fc.assert(
      fc.property(rows, (of) => {
        const value = measure(totalsOf(of)) as number;
        expect(value).toBeGreaterThanOrEqual(least);
        expect(value).toBeLessThanOrEqual(1);
      }),
    ));

  it('is the same whatever the classes are called', () =>
    fc.assert(
      fc.property(rows, fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }), (of, names) => {
        const renamed = of.map(({ truth, said }) => ({ truth: names[truth] as number, said: names[said] as number }));
        expect(measure(totalsOf(renamed))).toBeCloseTo(measure(totalsOf(of)) as number, 12);
      }),
    ));

  it('is the same when every row is seen three times', () =>
    fc.assert(
      fc.property(rows, (of) => {
        expect(measure(totalsOf([...of, ...of, ...of]))).toBeCloseTo(measure(totalsOf(of)) as number, 12);
      }),
    ));

  it('is 1 when all is right and there are two classes, and undefined without rows', () =>
    fc.assert(
      fc.property(rows, (of) => {
        const perfect = of.map(({ truth }) => ({ truth, said: truth }));
        const both = [...perfect, { truth: 0, said: 0 }, { truth: 1, said: 1 }];
        expect(measure(totalsOf(both))).toBeCloseTo(1, 12);
        expect(measure(totalsOf([]))).toBeUndefined();
      }),
    ));
});

it('a classifier that always says the same has a balanced accuracy of one in the number of classes, and no correlation', () =>
  fc.assert(
    fc.property(rows, fc.nat(3), (of, said) => {
      const all = [...of, ...[0, 1, 2, 3].map((truth) => ({ truth, said: 0 }))].map(({ truth }) => ({ truth, said }));
      expect(balancedAccuracy(totalsOf(all))).toBeCloseTo(1 / 4, 12);
      expect(matthewsCorrelation(totalsOf(all))).toBe(0);
    }),
  ));

it('with two classes all wrong, the correlation is -1 and the rest are 0', () => {
  const wrong = totalsOf([
    { truth: 0, said: 1 },
    { truth: 1, said: 0 },
    { truth: 1, said: 0 },
  ]);
  expect(Object.values(ofClasses).map((measure) => measure(wrong))).toEqual([0, -1, 0, 0, 0]);
});

const scored = fc.array(fc.record({ score: fc.nat(12), hit: fc.boolean() }), { minLength: 1, maxLength: 40 });
const withBoth = scored.map((of) => [...of, { score: 5, hit: true }, { score: 6, hit: false }]);
type Scored = readonly { score: number; hit: boolean }[];

function cellsOf(of: Scored, width = 1) {
  const cells = Array.from({ length: Math.ceil(13 / width) }, (_, cell) => of.filter(({ score }) => Math.floor(score / width) === cell));
  return {
    positives: cells.map((own) => own.filter(({ hit }) => hit).length),
    negatives: cells.map((own) => own.filter(({ hit }) => !hit).length),
    scores: cells.map((own) => own.reduce((sum, { score }) => sum + score / 12, 0)),
  };
}

function pairCount(of: Scored): number {
  const [positives, negatives] = [of.filter(({ hit }) => hit), of.filter(({ hit }) => !hit)];
  const won = positives.flatMap((p) => negatives.map((n) => (p.score > n.score ? 1 : p.score === n.score ? 0.5 : 0)));
  return won.reduce<number>((sum, one) => sum + one, 0) / won.length;
}

describe('area under the ROC curve', () => {
  it('is the share of pairs in the right order, counted one by one', () =>
    fc.assert(
      fc.property(withBoth, (of) => {
        expect(areaUnderRoc(cellsOf(of))?.area).toBeCloseTo(pairCount(of), 12);
      }),
    ));

  it('of coarser cells differs from that of the scores by no more than its bound', () =>
    fc.assert(
      fc.property(withBoth, fc.integer({ min: 2, max: 13 }), (of, width) => {
        const { area, errorBound } = areaUnderRoc(cellsOf(of, width)) as { area: number; errorBound: number };
        expect(Math.abs(area - pairCount(of))).toBeLessThanOrEqual(errorBound + 1e-12);
      }),
    ));

  it('turns to one minus itself when outcomes are swapped, and Gini to its negative', () =>
    fc.assert(
      fc.property(withBoth, (of) => {
        const { positives, negatives } = cellsOf(of);
        const swapped = { positives: negatives, negatives: positives };
        expect(areaUnderRoc(swapped)?.area).toBeCloseTo(1 - (areaUnderRoc({ positives, negatives })?.area as number), 12);
        expect(gini(swapped)).toBeCloseTo(-(gini({ positives, negatives }) as number), 12);
      }),
    ));

  it('is 1 for a perfect score, 0 for a reversed one, a half for a constant one, undefined for one kind of rows', () => {
    expect(areaUnderRoc({ positives: [0, 7], negatives: [9, 0] })).toEqual({ area: 1, errorBound: 0 });
    expect(areaUnderRoc({ positives: [7, 0], negatives: [0, 9] })).toEqual({ area: 0, errorBound: 0 });
    expect(areaUnderRoc({ positives: [7], negatives: [9] })).toEqual({ area: 0.5, errorBound: 0.5 });
    expect(areaUnderRoc({ positives: [7, 1], negatives: [0, 0] })).toBeUndefined();
  });
});

describe('average precision', () => {
  it('lies in 0…1, is 1 for a perfect score and the share of positives for a constant one', () =>
    fc.assert(
      fc.property(withBoth, (of) => {
        const cells = cellsOf(of);
        expect(averagePrecision(cells)).toBeGreaterThan(0);
        expect(averagePrecision(cells)).toBeLessThanOrEqual(1);
        expect(averagePrecision(cellsOf(of.map(({ hit }) => ({ hit, score: hit ? 9 : 2 }))))).toBe(1);
        expect(averagePrecision(cellsOf(of, 13))).toBeCloseTo(of.filter(({ hit }) => hit).length / of.length, 12);
      }),
    ));

  it('is precision at each positive, averaged, when no scores tie', () =>
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 12 }), (hits) => {
        const of = [...hits, true].map((hit, score) => ({ hit, score }));
        const ranked = of.toReversed();
        const precisions = ranked.flatMap(({ hit }, at) =>
          hit ? [ranked.slice(0, at + 1).filter((one) => one.hit).length / (at + 1)] : [],
        );
        expect(averagePrecision(cellsOf(of))).toBeCloseTo(precisions.reduce((sum, one) => sum + one, 0) / precisions.length, 12);
      }),
    ));
});

describe.each([
  ['equal width', calibrationErrorOfEqualWidth],
  ['equal mass', calibrationErrorOfEqualMass],
])('calibration error over bins of %s', (_, measure) => {
  it('lies in 0…1, and is at least the distance of mean score and share of positives', () =>
    fc.assert(
      fc.property(scored, fc.integer({ min: 1, max: 15 }), (of, bins) => {
        const error = measure(cellsOf(of), bins) as number;
        const overall = Math.abs(of.reduce((sum, { score, hit }) => sum + score / 12 - (hit ? 1 : 0), 0)) / of.length;
        expect(error).toBeGreaterThanOrEqual(overall - 1e-12);
        expect(error).toBeLessThanOrEqual(1 + 1e-12);
      }),
    ));

  it('is 0 for certainty that is always right, 1 for certainty that is always wrong', () => {
    const right = { positives: [0, 4], negatives: [6, 0], scores: [0, 4] };
    expect(measure(right, 10)).toBe(0);
    expect(
      measure({ ...right, positives: right.negatives, negatives: right.positives, scores: [0, 6].map((_, i) => (i === 1 ? 4 : 0)) }, 10),
    ).toBe(1);
    expect(measure({ positives: [0, 0], negatives: [0, 0], scores: [0, 0] }, 10)).toBeUndefined();
  });
});

const dayOf = fc.record({ x: fc.integer({ min: 1, max: 100 }), y: fc.nat(100) });
const days = fc.array(dayOf, { minLength: 2, maxLength: 12 });

it('both intervals hold the value in their middle and do not depend on the order of days', () =>
  fc.assert(
    fc.property(days, (of) => {
      const add = (one: RatioSums, other: RatioSums) => ({ x: one.x + other.x, y: one.y + other.y });
      const sum = of.reduce(add);
      const byRatio = (some: typeof of) => ratioInterval(some, 0);
      const byJackknife = (some: typeof of) => jackknifeInterval(some, add, ({ x, y }) => y / x);
      for (const interval of [byRatio, byJackknife]) {
        const [there, back] = [interval(of), interval(of.toReversed())];
        const [low, high] = there?.interval ?? [0, 0];
        expect((low + high) / 2).toBeCloseTo(sum.y / sum.x, 9);
        expect(back?.standardError).toBeCloseTo(there?.standardError as number, 9);
      }
    }),
  ));

it('leaving one out and putting it back gives the whole, whichever it was', () =>
  fc.assert(
    fc.property(fc.array(fc.nat(1000), { minLength: 1, maxLength: 40 }), (items) => {
      const { all, without } = leaveOneOut(items, (one, other) => one + other) as { all: number; without: readonly number[] };
      expect(all).toBe(items.reduce((sum, item) => sum + item));
      expect(without).toEqual(items.length === 1 ? [] : items.map((item) => all - item));
    }),
  ));

it('of a ratio over blocks of one size, the jackknife test says what the ratio test says, held against all blocks or some', () =>
  fc.assert(
    fc.property(fc.array(fc.nat(50), { minLength: 3, maxLength: 12 }), fc.nat(50), fc.integer({ min: 1, max: 12 }), (ys, y, many) => {
      const statistic = {
        add: (one: RatioSums, other: RatioSums) => ({ x: one.x + other.x, y: one.y + other.y }),
        measure: (sum: RatioSums) => sum.y / sum.x,
        rowsOf: ({ x }: RatioSums) => x,
      };
      const blocks = ys.map((sum) => ({ x: 100, y: sum }));
      for (const reference of [undefined, blocks.slice(0, many)]) {
        const summed = jackknifeT(blocks, { x: 100, y }, statistic, reference);
        const ratio = blockT(blocks, { x: 100, y }, { blocks: 0, window: 0 }, reference);
        expect(summed?.standardError).toBeCloseTo(ratio?.standardError as number, 9);
        expect(summed?.difference).toBeCloseTo(ratio?.difference as number, 12);
      }
    }),
  ));
