import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Partition, ScoreCounts } from '../../domain/ledger/entry.ts';
import { assessOutcomes } from '../../domain/performance/assess-outcomes.ts';
import { calibrate, groupsBeginningAt } from '../../domain/performance/estimate/calibration.ts';
import { calibrationGap } from '../../domain/performance/estimate/calibration-gap.ts';
import { expectedOutcomes } from '../../domain/performance/estimate/expected-outcomes.ts';
import type { Judgement } from '../../domain/report/report.ts';
import { sumCells, total } from '../../domain/statistics/counts.ts';
import { delayDays } from '../performance/estimate/delayed-check.ts';
import { checkScored, type Day, scoredDays } from '../performance/estimate/scored-world.ts';

const cells = 12;
const rows = fc.array(fc.nat(300), { minLength: cells, maxLength: cells });
const known = fc
  .tuple(rows, rows)
  .filter(([positives, negatives]) => total(positives) + total(negatives) > 0)
  .map(([positives, negatives]): ScoreCounts => {
    const sums = sumCells([positives, negatives]).map((count, cell) => Math.round(count * (cell / cells) * 2 ** 20));
    return { positives, negatives, improbable: 0, sums, logLoss: '0', squaredError: '0' };
  });
const groups = groupsBeginningAt([0, 3, 4, 8], cells);
const scale = { unit: 1, classes: ['0', '1'], positive: '1' };

it('expected outcomes keep every row, in its cell of the score and in the table of classes', () => {
  fc.assert(
    fc.property(known, rows, fc.nat(4000), (scores, window, said) => {
      const calibration = calibrate(scores, groups);
      if (calibration === undefined) throw new Error('there are outcomes');
      const expected = expectedOutcomes({ cells: window, saidPositive: Math.min(said, total(window)) }, calibration, scale);
      const { positives = [], negatives = [] } = expected.scores ?? {};
      expect(sumCells([positives, negatives])).toEqual(window);
      expect(Math.min(0, ...positives, ...negatives, ...(expected.confusion ?? []))).toBe(0);
      expect(total(expected.confusion ?? [])).toBe(total(window));
      const exact = window.reduce((sum, count, cell) => sum + count * (calibration.rates[cell] as number), 0);
      expect(Math.abs(total(positives) - exact)).toBeLessThanOrEqual(0.5 + 1e-6);
    }),
  );
});

it('rows the rates were made from are expected to be as they are, group by group', () => {
  fc.assert(
    fc.property(known, (scores) => {
      const calibration = calibrate(scores, groups);
      if (calibration === undefined) throw new Error('there are outcomes');
      const window = sumCells([scores.positives, scores.negatives]);
      const { scores: expected } = expectedOutcomes({ cells: window, saidPositive: 0 }, calibration, scale);
      for (const group of groups) {
        const of = (counts: readonly number[]) => group.reduce((sum, cell) => sum + (counts[cell] as number), 0);
        expect(Math.abs(of(expected?.positives ?? []) - of(scores.positives))).toBeLessThanOrEqual(1);
      }
      expect(calibrationGap(calibration, scores)).toBeLessThan(1);
    }),
  );
});

const length = 147;
const estimateOf = (days: readonly Partition[]): Judgement => {
  const estimate = assessOutcomes(checkScored(days), 0.002).find(({ statistic }) => statistic === 'estimate');
  if (estimate === undefined) throw new Error('an estimate is made');
  return estimate;
};
const worldOf = (seed: number, like: (day: number) => Day) => scoredDays(seed, 0, length, (day) => ({ rows: 200, ...like(day) }));
const abstains = ({ says }: Judgement) => says.includes('not to be relied on');

it('whatever happens to rows and outcomes, an estimate never passes, and what does not fail says what it cannot know', () => {
  fc.assert(
    fc.property(fc.nat(1e6), fc.nat(length), fc.double({ min: 0, max: 1, noNaN: true }), fc.boolean(), (seed, since, hard, turns) => {
      const concept = turns ? (p: number) => 1 - p : (p: number) => p;
      const estimate = estimateOf(worldOf(seed, (day) => (day >= since ? { hard, concept } : {})));
      expect(estimate.outcome).not.toBe('pass');
      expect(estimate.critical).toBe(false);
      if (estimate.outcome === 'inconclusive')
        expect(estimate.says).toMatch(/not to be relied on|only outcomes can tell whether scores still mean what they meant/);
    }),
    { numRuns: 15 },
  );
});

it('a concept that drifted before the newest outcomes is seen in them: the estimate abstains or fails; without drift it mostly speaks', () => {
  const seeds = Array.from({ length: 12 }, (_, seed) => seed + 1);
  const drifted = (day: number): Day => (day >= length - delayDays - 7 ? { concept: (p) => 0.5 + (p - 0.5) * 0.75 } : {});
  const spoke = seeds.filter((seed) => !abstains(estimateOf(worldOf(seed, () => ({})))));
  const reassured = seeds.map((seed) => estimateOf(worldOf(seed, drifted))).filter((one) => one.outcome !== 'fail' && !abstains(one));
  expect(reassured).toEqual([]);
  expect(spoke.length).toBeGreaterThanOrEqual(8);
});
