import type { MetricName, Task } from './policy.ts';

interface MetricTraits {
  readonly task: Task['kind'];
  /** Which way it becomes worse. */
  readonly worse: 'larger' | 'smaller';
  /** It is written in percent, and a point of it is a hundredth; otherwise it has a unit of its own. */
  readonly isShare: boolean;
  /** What the policy must name for it to be measured. */
  readonly needs?: 'positive' | 'score';
}

/** What is to be known of each metric wherever one is read, compared or told. */
export const metricTraits: Readonly<Record<MetricName, MetricTraits>> = {
  mae: { task: 'regression', worse: 'larger', isShare: false },
  rmse: { task: 'regression', worse: 'larger', isShare: false },
  mape: { task: 'regression', worse: 'larger', isShare: true },
  smape: { task: 'regression', worse: 'larger', isShare: true },
  rSquared: { task: 'regression', worse: 'smaller', isShare: true },
  accuracy: { task: 'classification', worse: 'smaller', isShare: true },
  balancedAccuracy: { task: 'classification', worse: 'smaller', isShare: true },
  macroF1: { task: 'classification', worse: 'smaller', isShare: true },
  matthews: { task: 'classification', worse: 'smaller', isShare: true },
  precision: { task: 'classification', worse: 'smaller', isShare: true, needs: 'positive' },
  recall: { task: 'classification', worse: 'smaller', isShare: true, needs: 'positive' },
  f1: { task: 'classification', worse: 'smaller', isShare: true, needs: 'positive' },
  rocAuc: { task: 'classification', worse: 'smaller', isShare: true, needs: 'score' },
  gini: { task: 'classification', worse: 'smaller', isShare: true, needs: 'score' },
  prAuc: { task: 'classification', worse: 'smaller', isShare: true, needs: 'score' },
  logLoss: { task: 'classification', worse: 'larger', isShare: false, needs: 'score' },
  brier: { task: 'classification', worse: 'larger', isShare: true, needs: 'score' },
};

export function metricsOf(task: Task['kind']): MetricName[] {
  return (Object.keys(metricTraits) as MetricName[]).filter((metric) => metricTraits[metric].task === task);
}
