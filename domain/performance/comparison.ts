import { addOutcomes } from '../ledger/add-counts.ts';
import type { Int, MeasureCounts, OutcomeCounts } from '../ledger/entry.ts';
import { part } from '../ledger/parts.ts';
import { isWorseWhenLarger } from '../policy/drop.ts';
import type { Measure } from '../policy/measure.ts';
import { metricParts } from '../policy/metric-parts.ts';
import type { MetricName, NamedMetric } from '../policy/policy.ts';
import { blockT } from '../statistics/block-t.ts';
import { clopperPearson } from '../statistics/clopper-pearson.ts';
import type { DifferenceT } from '../statistics/difference-t.ts';
import { jackknifeInterval } from '../statistics/jackknife-interval.ts';
import { jackknifeT, type SummedStatistic } from '../statistics/jackknife-t.ts';
import { ratioInterval } from '../statistics/ratio-interval.ts';
import type { RatioSums } from '../statistics/ratio-sums.ts';
import { carriedCounts } from './carried-counts.ts';
import type { OutcomeScale } from './outcome-scale.ts';
import {
  isMeanLoss,
  isOfQueries,
  isShareOfRows,
  type MeanLossName,
  metricOfLoss,
  rowsOfLoss,
  rowVarianceOf,
  sumLosses,
} from './outcome-sums.ts';
import { summedMetrics } from './summed-metrics.ts';

type Outcomes = readonly OutcomeCounts[];

/** How one metric is had of days and compared with blocks of days. Losses are larger where the metric is worse. */
export interface Comparison {
  /** Rows of the days that carry the metric; of a metric of queries, the queries. */
  rowsOf(days: Outcomes): number;
  metricOf(days: Outcomes): number | undefined;
  /** Of the losses; the window is held against `reference`, cut from the days `all`, and how far blocks differ is known from `blocks`. */
  compare(blocks: readonly Outcomes[], window: Outcomes, all: Outcomes, reference?: readonly Outcomes[]): DifferenceT | undefined;
  /** Ends of a two-sided 95% interval of the loss, by how the days differ among themselves. */
  intervalOf(days: Outcomes): readonly [number, number] | undefined;
  /** The same for too few rows to see days differ: exact for shares, undefined for all else. */
  exactIntervalOf(days: Outcomes): readonly [number, number] | undefined;
  /** The metric at a loss. */
  atLoss(loss: number): number;
}

/** Ratios of sums where the metric is a mean loss whose rows' variance is known, else a jackknife over the sums. */
export function comparisonOf(metric: MetricName, scale: OutcomeScale): Comparison {
  const { base, of } = metricParts(metric);
  if (base === 'gain' || base === 'cost')
    return ofMeasure(
      base,
      scale.measures?.find(({ name }) => name === of),
    );
  const told = of === undefined ? scale : { ...scale, positive: of };
  return isMeanLoss(base) ? ofMeanLoss(base, told) : ofSum(metric, base, told);
}

const meanLoss: SummedStatistic<RatioSums> = {
  add: (one, other) => ({ x: one.x + other.x, y: one.y + other.y }),
  measure: ({ x, y }) => (x > 0 ? y / x : undefined),
  rowsOf: ({ x }) => x,
};

function ofMeanLoss(metric: MeanLossName, scale: OutcomeScale): Comparison {
  const sumOf = (days: Outcomes) => sumLosses(metric, days, scale);
  const varianceOf = (days: Outcomes) => rowVarianceOf(metric, days, scale);
  return {
    rowsOf: (days) => days.reduce((rows, day) => rows + heldBy(metric, day, scale), 0),
    metricOf(days) {
      const { x, y } = sumOf(days);
      return x > 0 ? metricOfLoss(metric, y / x) : undefined;
    },
    compare(blocks, window, all, reference = blocks) {
      const [sums, sum, before] = [blocks.map(sumOf), sumOf(window), reference.map(sumOf)];
      const variances = { blocks: varianceOf(all), window: varianceOf(window) };
      if (variances.blocks === undefined || variances.window === undefined) return jackknifeT(sums, sum, meanLoss, before);
      return blockT(sums, sum, { blocks: variances.blocks, window: variances.window }, before);
    },
    intervalOf: (days) =>
      ratioInterval(
        days.map((day) => sumOf([day])),
        varianceOf(days) ?? 0,
      )?.interval,
    exactIntervalOf(days) {
      const { x, y } = sumOf(days);
      return x > 0 && isShareOfRows(metric) ? clopperPearson(y, x) : undefined;
    },
    atLoss: (loss) => metricOfLoss(metric, loss),
  };
}

function heldBy(metric: MeanLossName, day: OutcomeCounts, scale: OutcomeScale): number {
  const rows = rowsOfLoss(metric, day, scale);
  return isOfQueries(metric) ? rows : rows > 0 ? day.matched : 0;
}

/** A ratio of sums over days, or of one sum to the number of days; of what is better when larger, the loss is its negative. */
function ofMeasure(base: 'gain' | 'cost', measure: Measure | undefined): Comparison {
  const sign = base === 'gain' ? -1 : 1;
  const rowsOf = (days: Outcomes) => days.reduce((rows, { measures }) => rows + (measures?.[measure?.name ?? '']?.rows ?? 0), 0);
  const sumOf = (days: Outcomes): RatioSums => {
    const carried = days.filter((day) => rowsOf([day]) > 0).map(({ measures }) => measures?.[measure?.name ?? ''] as MeasureCounts);
    const total = (of: (counts: MeasureCounts) => Int | undefined) =>
      Number(carried.reduce((sum, counts) => sum + BigInt(of(counts) ?? 0), 0n)) * part;
    return { y: sign * total(({ sum }) => sum), x: measure?.per === 'day' ? carried.length : total(({ per }) => per) };
  };
  return {
    rowsOf,
    metricOf(days) {
      const { x, y } = sumOf(days);
      return x > 0 ? (sign * y) / x : undefined;
    },
    compare: (blocks, window, _all, reference = blocks) => jackknifeT(blocks.map(sumOf), sumOf(window), meanLoss, reference.map(sumOf)),
    intervalOf: (days) =>
      ratioInterval(
        days.map((day) => sumOf([day])),
        0,
      )?.interval,
    exactIntervalOf: () => undefined,
    atLoss: (loss) => sign * loss,
  };
}

function ofSum(metric: MetricName, base: Exclude<NamedMetric, MeanLossName>, scale: OutcomeScale): Comparison {
  const sign = isWorseWhenLarger(metric) ? 1 : -1;
  const { of } = metricParts(metric);
  const carried = (days: Outcomes) => days.map((day) => carriedCounts(metric, of, day));
  const metricOf = (counts: OutcomeCounts) => summedMetrics[base](counts, scale);
  const measure = (counts: OutcomeCounts) => {
    const value = metricOf(counts);
    return value === undefined ? undefined : sign * value;
  };
  const statistic = { add: addOutcomes, measure, rowsOf: ({ matched }: OutcomeCounts) => matched };
  return {
    rowsOf: (days) => days.reduce((rows, { matched }) => rows + matched, 0),
    metricOf: (days) => (days.length === 0 ? undefined : metricOf(carried(days).reduce(addOutcomes))),
    compare(blocks, window, _all, reference = blocks) {
      const sumsOf = (some: readonly Outcomes[]) =>
        some.filter((block) => block.length > 0).map((block) => carried(block).reduce(addOutcomes));
      return window.length === 0
        ? undefined
        : jackknifeT(sumsOf(blocks), carried(window).reduce(addOutcomes), statistic, sumsOf(reference));
    },
    intervalOf: (days) => jackknifeInterval(carried(days), addOutcomes, measure)?.interval,
    exactIntervalOf: () => undefined,
    atLoss: (loss) => sign * loss,
  };
}
