import type { Measured, Moved, Page } from '../../domain/report-page/page.ts';
import { seededRandom } from '../../domain/statistics/seeded-random.ts';

/** Names as users have them: each would do something if it were not escaped. */
export const nastyNames = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(2)>',
  "' onload='alert(3)",
  '</style></title><svg onload=alert(4)>',
  '![x](https://example.org/x.png) | `code` **bold**',
  'two\nlines \u202e and \u0000 half \ud800',
];

const statisticNames = [
  'psi psiDebiased jensenShannonDivergence jensenShannonDistance jensenShannonDistanceDebiased hellinger lInfinity totalVariation',
  'chiSquare chiSquareDegrees chiSquarePValueIndependentRows kolmogorovSmirnov kolmogorovSmirnovErrorBound wasserstein',
  'kolmogorovSmirnovPValueIndependentRows wassersteinInSigmas meanShiftInSigmas cohensD welchT welchPValueIndependentRows',
  'mannWhitneyEffect mannWhitneyPValueIndependentRows rowsInBaseline rowsInWindow blocks trendPValue smallestShiftSeenInSigmas',
  'mean standardDeviation firstQuartile median thirdQuartile meanInBaseline standardDeviationInBaseline firstQuartileInBaseline',
  'medianInBaseline thirdQuartileInBaseline',
].flatMap((line) => line.split(' '));

/** A page of as many columns, with everything a column can have; the first are named nastily. */
export function madePage(columns: number, seed = 1): Page {
  const random = seededRandom(seed);
  return {
    title: nastyNames[0] as string,
    verdict: 'alarm',
    says: [`${nastyNames[0]} moved.`, nastyNames[1] as string],
    facts: [{ term: 'Data', is: nastyNames[3] as string }],
    performance: [measured('drop', random), measured('trend', random)],
    predictions: [`${nastyNames[0]}: mean 3.`],
    errors: {
      loss: 'wrongAnswers',
      before: 0.1,
      now: 0.2,
      ranges: nastyNames.map((name) => ({
        column: name,
        where: `= ${name}`,
        rows: 400,
        shareOfRows: random(),
        before: random(),
        now: random(),
        interval: [0.1, 0.3],
        shareOfExcess: random(),
        adjustedPValue: 0.001,
      })),
      tested: 900,
      days: [{ day: '2024-01-01', rows: 200, loss: 0.2 }],
      halfWithinDays: 0.14,
      kinds: [{ kind: `${nastyNames[0]} taken for ${nastyNames[1]}`, before: 0.1, now: 0.2 }],
      says: `Wrong answers most in ${nastyNames[0]}.`,
    },
    columns: Array.from({ length: columns }, (_, index) => madeColumn(index, random)),
    segments: nastyNames.map((name, index) => ({
      name,
      verdict: index % 2 === 0 ? 'alarm' : 'inconclusive',
      performance: {
        metric: 'Accuracy',
        verdict: index % 2 === 0 ? 'alarm' : 'inconclusive',
        decides: index === 0,
        ...(index % 2 === 0
          ? { value: random(), reference: random(), threshold: random(), interval: [0.1, 0.9], adjustedPValue: 0.001, behindBest: random() }
          : { reason: `needs ${name}` }),
      },
      inputs: `${name} moved 0.3 sigma`,
    })),
    flaws: nastyNames.map((column, index) => ({
      column,
      flaw: 'missing',
      verdict: index % 2 === 0 ? 'alarm' : 'steady',
      share: random(),
      shareInBaseline: random(),
      threshold: 0.05,
    })),
    remarks: [...nastyNames],
    ignored: nastyNames.map((column) => ({ column, reason: column })),
    notes: [...nastyNames],
  };
}

function measured(rule: string, random: () => number): Measured {
  const [value, reference, threshold] = [30 + random(), 20, 25];
  return {
    metric: 'Mean error',
    rule,
    verdict: 'alarm',
    value,
    reference,
    threshold,
    interval: [28, 34],
    adjustedPValue: random(),
    statistics: { mae: value, [`precision/${nastyNames[0]}`]: 0.5 },
    says: `Mean error ${nastyNames[1]}.`,
  };
}

export function madeColumn(index: number, random: () => number): Moved {
  const value = random();
  const isNumeric = index % 3 !== 0;
  const bars = isNumeric ? 26 : 10;
  const shares = () => new Array<number>(bars).fill(0).map(() => random() / bars);
  return {
    column: nastyNames[index] ?? `a_column_with_a_rather_long_name_${index}`,
    traits: [isNumeric ? 'numeric' : 'categorical'],
    verdict: value >= 0.2 ? 'alarm' : 'steady',
    critical: index % 7 === 0,
    effect: { value, threshold: 0.2, unit: 'sigma', interval: [value * 0.9, value * 1.1] },
    history: Array.from({ length: 9 }, random),
    adjustedPValue: random(),
    pValue: random(),
    distribution: isNumeric
      ? { kind: 'numeric', edges: Array.from({ length: 25 }, (_, edge) => edge + random()), baseline: shares(), window: shares() }
      : {
          kind: 'categorical',
          categories: Array.from({ length: 9 }, (_, at) => nastyNames[at] ?? `a category of eighty characters ${'x'.repeat(40)}${at}`),
          baseline: shares(),
          window: shares(),
        },
    statistics: Object.fromEntries(statisticNames.map((name) => [name, random()])),
    policyPath: '/watch/effects/wassersteinInSigmas',
  };
}
