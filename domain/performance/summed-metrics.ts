import type { OutcomeCounts } from '../ledger/entry.ts';
import type { NamedMetric } from '../policy/policy.ts';
import { meanOfClasses } from './class-scores.ts';
import { classTotalsOf } from './class-totals-of.ts';
import { areaUnderRoc, gini } from './metrics/area-under-roc.ts';
import { averagePrecision } from './metrics/average-precision.ts';
import { balancedAccuracy } from './metrics/balanced-accuracy.ts';
import { matthewsCorrelation } from './metrics/matthews-correlation.ts';
import { macroPrecisionRecallF1, precisionRecallF1 } from './metrics/precision-recall-f1.ts';
import { rSquared } from './metrics/r-squared.ts';
import type { OutcomeScale } from './outcome-scale.ts';
import type { MeanLossName } from './outcome-sums.ts';

/**
 * Metrics that are no mean of a loss: each of the summed counts of all rows together, undefined where those do not carry it. */
export const summedMetrics: Readonly<
  Record<Exclude<NamedMetric, MeanLossName>, (counts: OutcomeCounts, scale: OutcomeScale) => number | undefined>
> = {
  rSquared: rSquaredOf,
  balancedAccuracy: (counts) => given(classTotalsOf(counts), balancedAccuracy),
  macroF1: (counts) => given(classTotalsOf(counts), macroPrecisionRecallF1)?.f1,
  matthews: (counts) => given(classTotalsOf(counts), matthewsCorrelation),
  f1: (counts, { classes, positive = '' }) =>
    given(classTotalsOf(counts), (totals) => precisionRecallF1(totals, classes.indexOf(positive)))?.f1,
  rocAuc: ({ scores }) => given(scores, areaUnderRoc)?.area,
  gini: ({ scores }) => given(scores, gini),
  prAuc: ({ scores }) => given(scores, averagePrecision),
  macroRocAuc: (counts) => meanOfClasses(counts, (scores) => areaUnderRoc(scores)?.area),
  macroPrAuc: (counts) => meanOfClasses(counts, averagePrecision),
};

function rSquaredOf({ matched, squaredError, quantities }: OutcomeCounts): number | undefined {
  if (squaredError === undefined || quantities === undefined || quantities.rows !== matched || matched <= 0) return undefined;
  const spread = BigInt(matched) * BigInt(quantities.outcomeSquared) - BigInt(quantities.outcome) ** 2n;
  return rSquared(Number(squaredError), Number(spread) / matched);
}

function given<T, V>(value: T | undefined, measure: (value: T) => V): V | undefined {
  return value === undefined ? undefined : measure(value);
}
