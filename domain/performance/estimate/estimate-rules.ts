import type { PastBlocks } from '../../calendar/past-blocks.ts';
import type { Grid } from '../../grid/grid.ts';
import { scoredClass } from '../../ledger/scored-class.ts';
import { traitsOf } from '../../policy/metric-traits.ts';
import type { MetricName, Policy } from '../../policy/policy.ts';
import type { OutcomeInput } from '../../report/assessment-input.ts';
import { pastOf } from '../assess-levels.ts';
import type { OutcomeScale } from '../outcome-scale.ts';
import { answerForesight } from './answer-foresight.ts';
import { classForesight, type ScoredColumn } from './class-foresight.ts';
import type { Foresight } from './foresight.ts';
import { quantityForesight } from './quantity-foresight.ts';
import { scoreForesight } from './score-foresight.ts';

export interface EstimateRules {
  readonly metric: MetricName;
  readonly scale: OutcomeScale;
  readonly foresight: Foresight;
  readonly season: Policy['baseline']['season'];
  /** Of the window that is estimated. */
  readonly windowDays: number;
  /** How long a row waits for its outcome. */
  readonly delayDays: number;
  /** How many of the newest days with outcomes an estimate is made of. */
  readonly calibrationDays: number;
}

/** How a model's metric is estimated; undefined where labels do not wait, or nothing that is seen of a row foretells its outcome. */
export function estimateRules({ policy, grid }: Pick<OutcomeInput, 'policy' | 'grid'>, scale: OutcomeScale): EstimateRules | undefined {
  const foresight = policy.labels.maturesAfterDays === 0 ? undefined : foresightOf(policy, grid, scale);
  if (foresight === undefined) return undefined;
  return {
    metric: policy.performance.metric,
    scale,
    foresight,
    season: policy.baseline.season,
    windowDays: policy.watch.windowDays,
    delayDays: policy.labels.maturesAfterDays,
    calibrationDays: policy.baseline.windowDays,
  };
}

/** What a window of these days is held against, or their outcomes are. */
export function pastOfDays({ season, windowDays }: EstimateRules, days: readonly { readonly day: string }[]): PastBlocks {
  return pastOf({ season }, days, windowDays);
}

function foresightOf(policy: Policy, { columns, classScores = [] }: Grid, scale: OutcomeScale): Foresight | undefined {
  const { metric } = policy.performance;
  const [prediction, score] = [columns.find(({ role }) => role === 'prediction'), columns.find(({ role }) => role === 'score')];
  if (prediction?.kind === 'numeric') return policy.task.kind === 'regression' ? quantityForesight(prediction, metric) : undefined;
  const positive = scoredClass(policy);
  if (positive !== undefined && score?.kind === 'numeric' && (traitsOf(metric).needs === 'score' || scale.classes.length === 2)) {
    const said = prediction && { name: prediction.name, place: prediction.categories.indexOf(positive) };
    return scoreForesight({ score, ...(said && { said }) }, scale);
  }
  if (prediction === undefined) return undefined;
  const scored = classScores.flatMap(({ name, column: of }): ScoredColumn[] => {
    const column = columns.find((one) => one.name === of);
    return column?.kind === 'numeric' ? [{ name, column }] : [];
  });
  return scored.length > 0 ? classForesight(prediction, scored, metric, scale) : answerForesight(prediction, metric, scale);
}
