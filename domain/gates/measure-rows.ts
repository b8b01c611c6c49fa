import { comparisonOf } from '../performance/comparison.ts';
import { hasKinds, outcomesNeeded } from '../performance/lacking-outcomes.ts';
import { traitsOf } from '../policy/metric-traits.ts';
import type { MetricName } from '../policy/policy.ts';
import { countRows } from './count-rows.ts';
import type { GatedTask } from './gated-task.ts';
import { isUsable } from './is-usable.ts';
import { isRowLoss, lossOf, metricOf } from './loss.ts';
import { queriesLacking } from './queries-lacking.ts';
import type { ScoredRow } from './scored-row.ts';
import { smallestSample } from './smallest-sample.ts';

export interface RowsMeasure {
  /** Those that carry the metric. */
  readonly rows: number;
  /** Absent where something is missing. */
  readonly value?: number;
  /** What the rows lack for the metric to be judged. */
  readonly missing?: string;
}

/**
 * A metric of scored rows. Mean losses are of the rows themselves, whatever their order; all else is of their counts, see `countRows`.
 *
 * Cost O(rows log rows).
 */
export function measureRows(metric: MetricName, scored: readonly ScoredRow[], task: GatedTask = {}): RowsMeasure {
  const usable = scored.filter((row) => isUsable(metric, row));
  const losses = isRowLoss(metric)
    ? usable.flatMap((row) => lossOf(metric, row, task.positive) ?? []).toSorted((a, b) => a - b)
    : undefined;
  const rows = losses?.length ?? usable.length;
  if (lacksScores(metric, scored)) return { rows, missing: scoresMissing };
  if (rows < smallestSample.rows) return { rows, missing: `${smallestSample.rows - rows} more rows` };

  const { counts, scale } = countRows(metric, [usable], task);
  const lacking = counts.map((count) => queriesLacking(metric, count)).find((lacks) => lacks !== undefined);
  if (lacking !== undefined) return { rows, missing: lacking };
  if (!counts.every((count) => hasKinds(metric, count))) return { rows, missing: outcomesNeeded(metric) };
  const value =
    isRowLoss(metric) && losses !== undefined
      ? metricOf(metric, losses.reduce((sum, loss) => sum + loss, 0) / rows)
      : comparisonOf(metric, scale).metricOf(counts);
  return value === undefined ? { rows, missing: 'outcomes that differ' } : { rows, value };
}

/** What is missing where a version answers classes alone. */
export const scoresMissing = 'scores: the version is to answer {"prediction": …, "score": …} for each row';

/** Whether a metric of scores is asked of rows none of which has one. */
export function lacksScores(metric: MetricName, rows: readonly ScoredRow[]): boolean {
  return traitsOf(metric).needs === 'score' && rows.every(({ score }) => score === undefined);
}
