import type { Int, OutcomeCounts } from '../ledger/entry.ts';
import { part } from '../ledger/parts.ts';
import { traitsOf } from '../policy/metric-traits.ts';
import type { MetricName, NamedMetric } from '../policy/policy.ts';
import { total } from '../statistics/counts.ts';
import type { RatioSums } from '../statistics/ratio-sums.ts';
import { classTotalsOf } from './class-totals-of.ts';
import type { OutcomeScale } from './outcome-scale.ts';

export type MeanLossName = keyof typeof losses;

/** Sums of one loss in whole numbers, still exact. */
interface WholeSums {
  readonly x: number;
  readonly y: Int | number;
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
  ndcg: ({ queries }: OutcomeCounts) => queries && lostOf(queries.ordered, queries.ndcg),
  averagePrecision: ({ queries }: OutcomeCounts) => queries && lostOf(queries.relevant, queries.averagePrecision),
};

function of(rows: number, loss: Int | number | undefined): WholeSums | undefined {
  return loss === undefined ? undefined : { x: rows, y: loss };
}

/** What queries lack of 1, in parts. */
function lostOf(queries: number, sum: Int): WholeSums {
  return { x: queries, y: String(BigInt(queries) * wholeParts - BigInt(sum)) };
}

const wholeParts = BigInt(1 / part);

function missesOf(among: 'predicted' | 'actual', day: OutcomeCounts, { classes, positive = '' }: OutcomeScale): WholeSums | undefined {
  const place = classes.indexOf(positive);
  const totals = classTotalsOf(day);
  if (totals === undefined || place < 0) return undefined;
  return of(totals[among][place] as number, (totals[among][place] as number) - (totals.right[place] as number));
}

/** Of the one class that is scored, or of all classes that are. */
function ofScores(loss: 'logLoss' | 'squaredError', { scores, classScores, classLosses }: OutcomeCounts): WholeSums | undefined {
  if (scores === undefined && classLosses?.improbable === 0) {
    const isTwice = loss === 'squaredError' && Object.keys(classScores ?? {}).length === 2;
    return of(isTwice ? 2 * classLosses.rows : classLosses.rows, classLosses[loss]);
  }
  if (scores === undefined || scores.improbable !== 0) return undefined;
  return of(total(scores.positives) + total(scores.negatives), scores[loss]);
}

export function isMeanLoss(metric: NamedMetric): metric is MeanLossName {
  return metric in losses;
}

/** Its rows are queries. */
export function isOfQueries(metric: MeanLossName): metric is 'ndcg' | 'averagePrecision' {
  return metric === 'ndcg' || metric === 'averagePrecision';
}

/** Each row is right or wrong, and the metric is the share that is right. */
export function isShareOfRows(metric: MeanLossName): boolean {
  return metric === 'accuracy' || metric === 'precision' || metric === 'recall';
}

/**
 * A loss over some rows as sum and number of rows: more is always worse.
 *
 * mae: absolute errors · rmse: squared errors · mape, smape: shares of the outcome · accuracy: wrong answers · precision, recall: rows
 * said to be positive, or that are, and were wrong · logLoss, brier: of the one class that is scored; of several -ln of the score of the class that
 * came, and the sum over classes of (score - 1 for the class that came, else 0)^2, of two classes half of it, which is that of either · ndcg,
 * averagePrecision: of queries, what they lack of 1. Days that do not carry the metric's sum count no rows.
 */
export function sumLosses(metric: MeanLossName, outcomes: readonly OutcomeCounts[], scale: OutcomeScale): RatioSums {
  let x = 0;
  let sum = 0n;
  for (const day of outcomes) {
    const loss = losses[metric](day, scale);
    if (loss === undefined) continue;
    x += loss.x;
    sum += BigInt(loss.y);
  }
  return x <= 0 ? { x: 0, y: 0 } : { x, y: Number(sum) * lossUnit(metric, scale) };
}

/** Rows of a day that the metric is a mean over; 0 where the day does not carry it. */
export function rowsOfLoss(metric: MeanLossName, day: OutcomeCounts, scale: OutcomeScale): number {
  return Math.max(0, losses[metric](day, scale)?.x ?? 0);
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
    case 'ndcg':
    case 'averagePrecision':
      return part;
    case 'brier':
      return part ** 2;
    case 'accuracy':
    case 'precision':
    case 'recall':
      return 1;
  }
}

/** Variance of the loss from row to row; undefined where the counts do not tell, and without rows. */
export function rowVarianceOf(metric: MeanLossName, outcomes: readonly OutcomeCounts[], scale: OutcomeScale): number | undefined {
  if (isOfQueries(metric)) return queryVariance(metric, outcomes);
  if (!isShareOfRows(metric) && metric !== 'mae') return undefined;
  const { x, y } = sumLosses(metric, outcomes, scale);
  if (x === 0) return undefined;
  const mean = y / x;
  if (isShareOfRows(metric)) return mean * (1 - mean);
  const squares = sumLosses('rmse', outcomes, scale);
  return squares.x > 0 ? Math.max(0, squares.y / squares.x - mean ** 2) : undefined;
}

function queryVariance(metric: 'ndcg' | 'averagePrecision', outcomes: readonly OutcomeCounts[]): number | undefined {
  let [queries, sum, squares] = [0, 0n, 0n];
  for (const { queries: counts } of outcomes) {
    if (counts === undefined) continue;
    queries += metric === 'ndcg' ? counts.ordered : counts.relevant;
    sum += BigInt(counts[metric]);
    squares += BigInt(counts[`${metric}Squared`]);
  }
  return queries <= 0 ? undefined : Math.max(0, (Number(squares) / queries - (Number(sum) / queries) ** 2) * part ** 2);
}

/** The metric itself from a mean loss, in the metric's own unit. */
export function metricOfLoss(metric: MeanLossName, meanLoss: number): number {
  if (isShareOfRows(metric) || isOfQueries(metric)) return 1 - meanLoss;
  return metric === 'rmse' ? Math.sqrt(Math.max(0, meanLoss)) : meanLoss;
}

/** How much worse a metric is than a reference, above 0 is worse. */
export function worsening(metric: MetricName, value: number, reference: number): number {
  return traitsOf(metric).worse === 'smaller' ? reference - value : value - reference;
}
