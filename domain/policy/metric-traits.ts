import { metricParts } from './metric-parts.ts';
import type { MetricName, NamedMetric, Task } from './policy.ts';

interface MetricTraits {
  /** What declares its own columns is measured of any. */
  readonly task: Task['kind'] | 'any';
  /** Which way it becomes worse. */
  readonly worse: 'larger' | 'smaller';
  /** It is written in percent, and a point of it is a hundredth; otherwise it has a unit of its own. */
  readonly isShare: boolean;
  /** What the policy must name for it to be measured. */
  readonly needs?: 'positive' | 'score' | 'scores';
  /** Where predictions carry scores of several classes in place of the one, it is of all of them. */
  readonly takesScores?: true;
}

/** What is to be known of each metric wherever one is read, compared or told. */
const metricTraits: Readonly<Record<NamedMetric, MetricTraits>> = {
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
  logLoss: { task: 'classification', worse: 'larger', isShare: false, needs: 'score', takesScores: true },
  brier: { task: 'classification', worse: 'larger', isShare: true, needs: 'score', takesScores: true },
  macroRocAuc: { task: 'classification', worse: 'smaller', isShare: true, needs: 'scores' },
  macroPrAuc: { task: 'classification', worse: 'smaller', isShare: true, needs: 'scores' },
  ndcg: { task: 'ranking', worse: 'smaller', isShare: true },
  averagePrecision: { task: 'ranking', worse: 'smaller', isShare: true },
};

/** Whether a name is one of a metric that need not be declared; of one class there are precision, recall, F1 and areas. */
export function isMetric(name: string): name is MetricName {
  const { base, of } = metricParts(name);
  return isNamed(base) && (of === undefined || (of !== '' && (metricTraits[base].needs === 'positive' || isArea(base))));
}

/** Those of one class need not be told which class is the positive one, only where the class's scores are. */
export function traitsOf(metric: MetricName): MetricTraits {
  const { base, of } = metricParts(metric);
  if (!isNamed(base)) return { task: 'any', worse: base === 'gain' ? 'smaller' : 'larger', isShare: false };
  const { needs, ...traits } = metricTraits[base];
  if (of !== undefined) return isArea(base) ? { ...traits, needs: 'scores' } : traits;
  return needs === undefined ? traits : { ...traits, needs };
}

function isArea(base: NamedMetric): boolean {
  return base === 'rocAuc' || base === 'prAuc';
}

function isNamed(base: string): base is NamedMetric {
  return Object.hasOwn(metricTraits, base);
}

export function metricsOf(task: Task['kind']): NamedMetric[] {
  return allMetrics().filter((metric) => metricTraits[metric].task === task);
}

export function allMetrics(): NamedMetric[] {
  return Object.keys(metricTraits) as NamedMetric[];
}
