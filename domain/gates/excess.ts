import type { Drop } from '../policy/policy.ts';
import type { RowLossName } from './loss.ts';

/** By how much the candidate is worse than the margin allows, in the metric's unit: at or below zero is allowed. */
export interface Excess {
  readonly value: number;
  /** Slopes of `value` in the candidate's and the champion's mean loss: what its standard error is made of. */
  readonly byCandidate: number;
  readonly byChampion: number;
  /** How much worse the margin allows the candidate to be, in the metric's unit. */
  readonly allowed: number;
}

/**
 * @param candidate mean loss of the candidate (see `lossOf`)
 * @param champion  mean loss of the champion on the same rows
 * @param margin    `relative`: share of the champion's metric; `points`: in the metric's unit
 */
export function excessOf(metric: RowLossName, candidate: number, champion: number, margin: Drop): Excess {
  if (metric === 'rmse') return excessOfRoots(Math.sqrt(candidate), Math.sqrt(champion), margin);

  const reference = metric === 'accuracy' ? 1 - champion : champion;
  const allowed = margin.of === 'points' ? margin.by : margin.by * reference;
  const slopeOfAllowed = margin.of === 'points' ? 0 : margin.by * (metric === 'accuracy' ? -1 : 1);
  return { value: candidate - champion - allowed, byCandidate: 1, byChampion: -1 - slopeOfAllowed, allowed };
}

function excessOfRoots(candidate: number, champion: number, margin: Drop): Excess {
  const allowed = margin.of === 'points' ? margin.by : margin.by * champion;
  const share = margin.of === 'points' ? 0 : margin.by;
  return {
    value: candidate - champion - allowed,
    byCandidate: slopeOfRoot(candidate),
    byChampion: -(1 + share) * slopeOfRoot(champion),
    allowed,
  };
}

function slopeOfRoot(root: number): number {
  return root === 0 ? 0 : 1 / (2 * root);
}
