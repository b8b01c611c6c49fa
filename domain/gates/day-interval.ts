import type { Drop } from '../policy/policy.ts';
import { blockBootstrap } from '../statistics/block-bootstrap.ts';
import { type Excess, excessOf } from './excess.ts';
import type { RowLossName } from './loss.ts';
import type { PairedDay } from './paired-days.ts';

export interface DayInterval {
  readonly candidateMeanLoss: number;
  readonly championMeanLoss: number;
  readonly excess: Excess;
  /** 95% interval of `excess.value`; absent when too few days carry the whole difference for any to be given. */
  readonly interval?: readonly [number, number];
}

/**
 * Interval of how much worse the candidate is than the margin allows: a bootstrap over whole days, since rows of one day share
 * its weather and its events.
 *
 * @param days at least one, each with at least one row
 */
export function dayInterval(metric: RowLossName, days: readonly PairedDay[], margin: Drop): DayInterval {
  const { candidate, champion, excess } = estimate(metric, days, margin);
  const interval = blockBootstrap(days, (drawn) => {
    const again = estimate(metric, drawn, margin);
    return { value: again.excess.value, standardError: again.standardError };
  });
  return { candidateMeanLoss: candidate, championMeanLoss: champion, excess, ...(interval && { interval }) };
}

/** Ratio estimates over days of unequal size, with the linearised standard error between days. */
function estimate(metric: RowLossName, days: readonly PairedDay[], margin: Drop) {
  let rows = 0;
  let candidateSum = 0;
  let championSum = 0;
  for (const day of days) {
    rows += day.rows;
    candidateSum += day.candidate;
    championSum += day.champion;
  }
  const candidate = candidateSum / rows;
  const champion = championSum / rows;
  const excess = excessOf(metric, candidate, champion, margin);

  let squares = 0;
  for (const day of days) {
    const influence =
      excess.byCandidate * (day.candidate - candidate * day.rows) + excess.byChampion * (day.champion - champion * day.rows);
    squares += (influence / rows) ** 2;
  }
  return { candidate, champion, excess, standardError: Math.sqrt((squares * days.length) / Math.max(1, days.length - 1)) };
}
