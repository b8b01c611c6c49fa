import { scoredClass } from '../../ledger/scored-class.ts';
import type { AssessmentInput } from '../../report/assessment-input.ts';
import type { OutcomeDay } from '../measure-performance.ts';
import type { OutcomeScale } from '../outcome-scale.ts';
import { groupsBeginningAt } from './calibration.ts';
import type { EstimateRules, ScoredDay } from './estimate-metric.ts';

/** How a model's metric is estimated; undefined where labels do not wait, or predictions carry no score. */
export function estimateRules({ policy, grid }: Pick<AssessmentInput, 'policy' | 'grid'>, scale: OutcomeScale): EstimateRules | undefined {
  const score = grid.columns.find(({ role }) => role === 'score');
  if (policy.labels.maturesAfterDays === 0 || scoredClass(policy) === undefined || score?.kind !== 'numeric') return undefined;
  return {
    metric: policy.performance.metric,
    scale,
    groups: groupsBeginningAt(score.coarse, score.edges.length + 1),
    windowDays: policy.watch.windowDays,
    delayDays: policy.labels.maturesAfterDays,
    calibrationDays: policy.baseline.windowDays,
  };
}

/** Of some days those with matured outcomes of scored rows. */
export function scoredDays(days: readonly OutcomeDay[], { maturedWindow }: Pick<AssessmentInput, 'maturedWindow'>): ScoredDay[] {
  return days.filter(isScored).filter(({ day }) => day < maturedWindow.to.slice(0, 10));
}

function isScored(day: OutcomeDay): day is ScoredDay {
  return day.outcomes.scores !== undefined;
}
