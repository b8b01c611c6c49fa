import type { Int, OutcomeCounts } from '../ledger/entry.ts';
import { part } from '../ledger/parts.ts';
import { traitsOf } from '../policy/metric-traits.ts';
import type { MetricName, NamedMetric } from '../policy/policy.ts';
import type { RatioSums } from '../statistics/block-t.ts';
import { total } from '../statistics/counts.ts';
import { classTotalsOf } from './class-totals-of.ts';
import type { OutcomeScale } from './outcome-scale.ts';

/** A loss over some rows as sum and number of rows, so that days can be added: more is always worse. */
export interface LossSums extends RatioSums {
  /** Variance of the loss from row to row; absent where the counts do not tell. */
  readonly rowVariance?: number;
}

export type MeanLossName = keyof typeof losses;

/** Sums of one loss in whole numbers, still exact. */
interface WholeSums {
  readonly x: number;
  readonly y: bigint;
}

/** How each metric that is a mean loss is had of a day: rows and loss; undefined where the day does not carry it. */
const losses = {
  mae: ({ matched, absoluteError }: OutcomeCounts) => of(matched, absoluteError),
  rmse: ({ matched, squaredError }: OutcomeCounts) => of(matched, squaredError),
  mape: ({ quantities }: OutcomeCounts) => quantities && of(quantities.nonZero, quantities.percentageError),
  smape: ({ quantities }: OutcomeCounts) => quantities && of(quantities.rows, quantities.symmetricError),
  accuracy: ({ matched, correct }: OutcomeCounts) => (correct === undefined ? undefined : of(matched, matched - correct)),
  precision: (day: OutcomeCounts, scale: OutcomeScale) => missesOf('predicted', day, scale),
  recall: (day: OutcomeCounts, scale: OutcomeScale) => missesOf('actual', day, scale),
  logLoss: (day: OutcomeCounts) => ofScores('logLoss', day),
  brier: (day: OutcomeCounts) => ofScores('squaredError', day),
};

function of(rows: number, loss: Int | number | undefined): WholeSums | undefined {
  return loss === undefined ? undefined : { x: rows, y: BigInt(loss) };
}

function missesOf(among: 'predicted' | 'actual', day: OutcomeCounts, { classes, positive = '' }: OutcomeScale): WholeSums | undefined {
  const place = classes.indexOf(positive);
  const totals = classTotalsOf(day);
  if (totals === undefined || place < 0) return undefined;
  return of(totals[among][place] as number, (totals[among][place] as number) - (totals.right[place] as number));
}

function ofScores(loss: 'logLoss' | 'squaredError', { scores }: OutcomeCounts): WholeSums | undefined {
  if (scores === undefined || scores.improbable !== 0) return undefined;
  return of(total(scores.positives) + total(scores.negatives), scores[loss]);
}

export function isMeanLoss(metric: NamedMetric): metric is MeanLossName {
  return metric in losses;
}

/** Each row is right or wrong, and the metric is the share that is right. */
export function isShareOfRows(metric: MeanLossName): boolean {
  return metric === 'accuracy' || metric === 'precision' || metric === 'recall';
}

/**
 * mae: absolute errors · rmse: squared errors · mape, smape: shares of the outcome · accuracy: wrong answers · precision, recall: rows
 * said to be positive, or that are, and were wrong · logLoss, brier: as named. Days that do not carry the metric's sum count no rows.
 */
export function sumLosses(metric: MeanLossName, outcomes: readonly OutcomeCounts[], scale: OutcomeScale): LossSums {
  const days = outcomes.flatMap((day) => losses[metric](day, scale) ?? []);
  const x = days.reduce((rows, day) => rows + day.x, 0);
  if (x <= 0) return { x: 0, y: 0 };
  const y = Number(days.reduce((sum, day) => sum + day.y, 0n)) * lossUnit(metric, scale);
  const variance = rowVariance(metric, y / x, outcomes, scale);
  return { x, y, ...(variance !== undefined && { rowVariance: variance }) };
}

function lossUnit(metric: MeanLossName, { unit }: OutcomeScale): number {
  switch (metric) {
    case 'mae':
      return unit;
    case 'rmse':
      return unit ** 2;
    case 'mape':
    case 'smape':
    case 'logLoss':
      return part;
    case 'brier':
      return part ** 2;
    case 'accuracy':
    case 'precision':
    case 'recall':
      return 1;
  }
}

function rowVariance(metric: MeanLossName, mean: number, outcomes: readonly OutcomeCounts[], scale: OutcomeScale): number | undefined {
  if (isShareOfRows(metric)) return mean * (1 - mean);
  if (metric !== 'mae') return undefined;
  const squares = sumLosses('rmse', outcomes, scale);
  return squares.x > 0 ? Math.max(0, squares.y / squares.x - mean ** 2) : undefined;
}

/** The metric itself from a mean loss, in the metric's own unit. */
export function metricOfLoss(metric: MeanLossName, meanLoss: number): number {
  if (isShareOfRows(metric)) return 1 - meanLoss;
  return metric === 'rmse' ? Math.sqrt(Math.max(0, meanLoss)) : meanLoss;
}

/** How much worse a metric is than a reference, above 0 is worse. */
export function worsening(metric: MetricName, value: number, reference: number): number {
  return traitsOf(metric).worse === 'smaller' ? reference - value : value - reference;
}
