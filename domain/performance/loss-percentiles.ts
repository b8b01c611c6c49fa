import type { OutcomeCounts, QuantityCounts, ScoreCounts } from '../ledger/entry.ts';
import { errorCellBegin } from '../ledger/error-cells.ts';
import { part } from '../ledger/parts.ts';
import { total } from '../statistics/counts.ts';
import { logLoss } from './metrics/log-loss.ts';
import { type LossStep, lossPercentile } from './metrics/loss-percentile.ts';
import type { OutcomeScale } from './outcome-scale.ts';

/**
 * The 25th, 50th and 75th percentile of single rows' loss: the size of the error of a quantity, to a sixteenth of itself, or the log loss of
 * a probability, that of its cell's mean. None where rows were not counted by their loss, or scores are no probabilities.
 */
export function lossPercentiles({ quantities, scores }: OutcomeCounts, { unit }: OutcomeScale): Record<string, number | undefined> {
  return {
    ...named('absoluteErrorPercentile', quantities && errorSteps(quantities, unit)),
    ...named('logLossPercentile', scores && scoreSteps(scores)),
  };
}

function named(name: string, steps: readonly LossStep[] | undefined): Record<string, number | undefined> {
  return Object.fromEntries([25, 50, 75].map((percent) => [`${name}${percent}`, steps && lossPercentile(steps, percent / 100)]));
}

function errorSteps({ rows, errorCells }: QuantityCounts, unit: number): LossStep[] | undefined {
  if (errorCells === undefined || total(errorCells) !== rows) return undefined;
  return errorCells.map((count, cell) => ({ rows: count, low: errorCellBegin(cell) * unit, high: errorCellBegin(cell + 1) * unit }));
}

function scoreSteps({ positives, negatives, sums, improbable }: ScoreCounts): LossStep[] | undefined {
  if (improbable !== 0) return undefined;
  const steps = sums.flatMap((sum, cell) => {
    const [hits, misses] = [positives[cell] ?? 0, negatives[cell] ?? 0];
    const mean = (sum * part) / (hits + misses);
    return [stepAt(hits, mean, true), stepAt(misses, mean, false)].filter(({ rows }) => rows > 0);
  });
  return steps.sort((one, other) => one.low - other.low);
}

function stepAt(rows: number, probability: number, isPositive: boolean): LossStep {
  const loss = rows > 0 ? logLoss(probability, isPositive) : 0;
  return { rows, low: loss, high: loss };
}
