import { metricInWords } from '../performance/metric-in-words.ts';

/** What people call a statistic; one that has no name here is told by its own. */
export function statisticInWords(name: string): string {
  return words[name] ?? name;
}

const words: Readonly<Record<string, string>> = {
  ...metricInWords,
  bias: 'Bias: prediction less outcome',
  rocAucErrorBound: 'ROC AUC, error bound',
  weeks: 'Weeks',
  worsePerWeek: 'Worse by, a week',
  days: 'Days since the baseline',
  daysInBaseline: 'Days in the baseline',
  psi: 'PSI',
  psiDebiased: 'PSI above its noise',
  jensenShannonDivergence: 'Jensen–Shannon divergence (base 2)',
  jensenShannonDistance: 'Jensen–Shannon distance (base 2)',
  jensenShannonDistanceDebiased: 'Jensen–Shannon distance above its noise',
  hellinger: 'Hellinger distance',
  lInfinity: 'L∞: largest change of a share',
  totalVariation: 'Total variation',
  chiSquare: 'Chi-square',
  chiSquareDegrees: 'Chi-square, degrees of freedom',
  chiSquarePValueIndependentRows: 'Chi-square, p if rows were independent',
  kolmogorovSmirnov: 'Kolmogorov–Smirnov distance',
  kolmogorovSmirnovErrorBound: 'Kolmogorov–Smirnov, error bound',
  kolmogorovSmirnovPValueIndependentRows: 'Kolmogorov–Smirnov, p if rows were independent',
  wasserstein: 'Wasserstein distance, in the unit of the column',
  wassersteinInSigmas: 'Wasserstein distance, in baseline sigmas',
  meanShiftInSigmas: 'Shift of the mean, in baseline sigmas',
  cohensD: "Cohen's d",
  welchT: 'Welch t',
  welchPValueIndependentRows: 'Welch t, p if rows were independent',
  mannWhitneyEffect: 'Mann–Whitney effect',
  mannWhitneyPValueIndependentRows: 'Mann–Whitney, p if rows were independent',
  rowsInBaseline: 'Rows in the baseline',
  rowsInWindow: 'Rows in the data',
  nullsInBaseline: 'Rows without a value in the baseline',
  nullsInWindow: 'Rows without a value in the data',
  blocks: 'Blocks or days of the past',
  trendPValue: 'Trend inside the baseline, p',
  smallestShiftSeenInSigmas: 'Smallest shift that would have been seen, in sigmas',
  rows: 'Rows with an outcome',
  labelledShare: 'Share of rows with an outcome',
  worseBy: 'Worse by',
  relativeChange: 'Change, relative',
};
