import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventTime, plusDays } from '../../domain/identity/event-time.ts';
import type { Partition } from '../../domain/ledger/entry.ts';
import { assessOutcomes } from '../../domain/performance/assess-outcomes.ts';
import { classTotalsOf } from '../../domain/performance/class-totals-of.ts';
import { answerForesight } from '../../domain/performance/estimate/answer-foresight.ts';
import { expectedTotals } from '../../domain/performance/estimate/answer-outcomes.ts';
import { classForesight } from '../../domain/performance/estimate/class-foresight.ts';
import type { Foresight, KnownDay } from '../../domain/performance/estimate/foresight.ts';
import { type LossCells, testLosses } from '../../domain/performance/estimate/loss-test.ts';
import { quantityForesight } from '../../domain/performance/estimate/quantity-foresight.ts';
import { outcomeScale } from '../../domain/performance/outcome-scale.ts';
import type { AssessmentInput } from '../../domain/report/assessment-input.ts';
import type { Judgement } from '../../domain/report/report.ts';
import { total } from '../../domain/statistics/counts.ts';
import { normals } from '../gates/rows.ts';
import { checkClasses, classDays, classGrid } from '../performance/estimate/class-world.ts';
import { delayDays } from '../performance/estimate/delayed-check.ts';
import { checkQuantities, quantityDays, quantityGrid } from '../performance/estimate/quantity-world.ts';

const knownOf = (days: readonly Partition[]) => days.map(({ day, outcomes, errors }) => ({ day, outcomes, errors }) as unknown as KnownDay);

describe('rows an estimate was made from are expected to be as they are', () => {
  const expectedOf = (foresight: Foresight, days: readonly KnownDay[]) => foresight.expect(days, foresight.rowsOf(days))?.outcomes;
  const [load, said] = quantityGrid.columns;
  const scale = outcomeScale(classGrid, undefined);
  const [churned, other, pro, answer] = classGrid.columns;
  const isNumeric = load?.kind === 'numeric' && said?.kind === 'numeric';
  if (!isNumeric || answer?.kind !== 'categorical') throw new Error('the grids have these columns');
  const scored = [churned, other, pro].map((column) => {
    if (column?.kind !== 'numeric') throw new Error('scores are numbers');
    return { name: column.name.slice('p_'.length), column };
  });

  it('quantities, in absolute and in squared errors', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
        const days = knownOf(quantityDays(seed, 3, () => ({ rows: 60 })));
        for (const [metric, sum] of [
          ['mae', 'absoluteError'],
          ['rmse', 'squaredError'],
        ] as const) {
          const truth = days.reduce((so, { outcomes }) => so + Number(outcomes[sum]), 0);
          expect(Number(expectedOf(quantityForesight(said, metric), days)?.[sum]) / truth).toBeCloseTo(1, 6);
        }
      }),
      { numRuns: 10 },
    );
  });

  it.each([
    ['predicted classes', answerForesight(answer, 'accuracy', scale)],
    ['scores of classes', classForesight(answer, scored, 'accuracy', scale)],
  ] as const)('classes by their %s, but for rounding', (_, foresight) => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
        const days = knownOf(classDays(seed, 3, () => ({ rows: 400, hard: 0.8 })));
        const expected = expectedOf(foresight as Foresight, days);
        const totals = expected && classTotalsOf(expected);
        const truth = (of: 'right' | 'actual' | 'predicted', place: number) =>
          days.reduce((sum, { outcomes }) => sum + (classTotalsOf(outcomes)?.[of][place] as number), 0);
        for (const of of ['right', 'actual', 'predicted'] as const)
          for (const [place, count] of (totals?.[of] ?? []).entries()) expect(Math.abs(count - truth(of, place))).toBeLessThanOrEqual(2);
        expect(totals?.actual).toHaveLength(4);
      }),
      { numRuns: 10 },
    );
  });
});

it('expected totals keep every row, and no class is right more often than it is true or predicted', () => {
  const amounts = fc.array(fc.double({ min: 0, max: 500, noNaN: true }), { minLength: 4, maxLength: 4 });
  fc.assert(
    fc.property(fc.array(fc.nat(300), { minLength: 4, maxLength: 4 }), amounts, amounts, (predicted, right, actual) => {
      fc.pre(total(actual) > 0);
      const { matched, correct, classes } = expectedTotals(predicted, { right, actual });
      expect([total(classes?.actual ?? []), total(classes?.predicted ?? []), total(classes?.right ?? [])]).toEqual([
        matched,
        matched,
        correct,
      ]);
      for (const [place, hits] of (classes?.right ?? []).entries())
        expect(hits).toBeLessThanOrEqual(Math.min(classes?.actual[place] as number, predicted[place] as number));
    }),
  );
});

describe('the test of losses by cell', () => {
  /** Cells cost 1, 2, … a row; days have a mood of their own, and their rows move between cells. */
  const daysOf = (normal: () => number, days: number, first: number, factor: readonly number[] = [1, 1, 1, 1]): LossCells[] =>
    Array.from({ length: days }, (_, index) => {
      const mood = 1 + 0.1 * normal();
      const rows = [0, 1, 2, 3].map(() => Math.max(20, Math.round(100 + 40 * normal())));
      const loss = rows.map((count, cell) => Math.max(0, count * (cell + 1) * mood * (factor[cell] as number) * (1 + 0.05 * normal())));
      return { day: plusDays(eventTime('2024-01-01'), first + index).slice(0, 10), rows, loss };
    });
  const pValueOf = (normal: () => number, factor?: readonly number[]) => {
    const test = testLosses(daysOf(normal, 84, 0), daysOf(normal, 7, 84, factor), 7);
    return test.kind === 'none' ? 1 : test.pValue;
  };

  it('is mostly quiet while cells cost what they cost, and finds what changed in one cell or turned between two', () => {
    const [runs, level] = [300, 0.05];
    const normal = normals(17);
    const share = (factor?: readonly number[]) =>
      Array.from({ length: runs }, () => pValueOf(normal, factor)).filter((p) => p < level).length / runs;
    expect(share()).toBeLessThanOrEqual(level + 2 * Math.sqrt((level * (1 - level)) / runs));
    expect(share([1, 1, 1, 1.4])).toBeGreaterThan(0.9);
    expect(share([1.4, 1.3, 1, 0.8])).toBeGreaterThan(0.9);
  });

  it('does not see units', () => {
    const [before, newest] = [daysOf(normals(3), 84, 0), daysOf(normals(4), 7, 84)];
    const inUnits = (days: readonly LossCells[]) => days.map((day) => ({ ...day, loss: day.loss.map((one) => 1024 * one) }));
    const [one, other] = [testLosses(before, newest, 7), testLosses(inUnits(before), inUnits(newest), 7)];
    expect(one.kind).toBe('blocks');
    expect(other).toEqual(one);
  });
});

describe.each([
  [
    'quantities',
    (seed: number, since: number, hard: number, drifts: boolean) =>
      checkQuantities(
        quantityDays(seed, 147, (day) => (day < since ? {} : { level: 100 + 50 * hard, ...(drifts && { errorOf: (said) => said / 7 }) })),
      ),
  ],
  [
    'several classes',
    (seed: number, since: number, hard: number, drifts: boolean) =>
      checkClasses(
        classDays(seed, 147, (day) => (day < since ? { rows: 200 } : { rows: 200, hard: 0.3 + hard / 2, turned: drifts ? 0.3 : 0 })),
      ),
  ],
] as const)('an estimate of %s', (_, check) => {
  const estimateOf = (input: AssessmentInput): Judgement => {
    const estimate = assessOutcomes(input, 0.002).find(({ statistic }) => statistic === 'estimate');
    if (estimate === undefined) throw new Error('an estimate is made');
    return estimate;
  };
  const abstains = ({ says }: Judgement) => says.includes('not to be relied on');

  it('never passes, whatever happens, and says what it cannot know where it does not fail', () => {
    fc.assert(
      fc.property(fc.nat(1e6), fc.nat(147), fc.double({ min: 0, max: 1, noNaN: true }), fc.boolean(), (seed, since, hard, drifts) => {
        const estimate = estimateOf(check(seed + 1, since, hard, drifts));
        expect(estimate.outcome).not.toBe('pass');
        expect(estimate.critical).toBe(false);
        if (estimate.outcome === 'inconclusive') expect(estimate.says).toMatch(/not to be relied on|only outcomes can tell whether/);
      }),
      { numRuns: 5 },
    );
  });

  it('mostly speaks and is quiet without drift, and abstains or fails where the concept drifted before the newest outcomes', () => {
    const seeds = Array.from({ length: 4 }, (_, seed) => seed + 1);
    const steady = seeds.map((seed) => estimateOf(check(seed, 147, 0, false)));
    expect(steady.filter(({ outcome }) => outcome === 'fail')).toEqual([]);
    expect(steady.filter((one) => !abstains(one)).length).toBeGreaterThanOrEqual(3);
    const drifted = seeds.map((seed) => estimateOf(check(seed, 147 - delayDays - 7, 0, true)));
    expect(drifted.filter((one) => one.outcome !== 'fail' && !abstains(one))).toEqual([]);
  });
});
