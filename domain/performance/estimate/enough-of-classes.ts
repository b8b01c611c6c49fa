import { metricParts } from '../../policy/metric-parts.ts';
import type { MetricName } from '../../policy/policy.ts';
import { type Counts, total } from '../../statistics/counts.ts';
import { fewestOfAKind, fewestOutcomes } from './foresight.ts';

const ofEachClass: readonly string[] = ['balancedAccuracy', 'macroF1', 'macroRocAuc', 'macroPrAuc'];

/**
 * What outcomes by true class lack for a metric to be foreseen: 500, and 50 of each class where each weighs the same, of the class and of all others
 * where the metric is of one, else of any but the commonest.
 *
 * @param came    rows by true class
 * @param classes their names; what is behind them pools all others
 */
export function lackingOfClasses(metric: MetricName, came: Counts, classes: readonly string[], positive?: string): string | undefined {
  const { base, of = needsPositive(base) ? positive : undefined } = metricParts(metric);
  const all = total(came);
  const named = came.slice(0, classes.length);
  const own = came[classes.indexOf(of ?? '')] ?? 0;
  const [fewest, kind] =
    of !== undefined
      ? [Math.min(own, all - own), `of ${of} and of all others`]
      : ofEachClass.includes(base)
        ? [Math.min(...named), 'of each class']
        : [all - Math.max(0, ...came), 'not of the commonest class'];
  if (all >= fewestOutcomes && fewest >= fewestOfAKind) return undefined;
  return `${fewestOutcomes} outcomes in the newest block, ${fewestOfAKind} ${kind}; there are ${all} and ${fewest}`;
}

function needsPositive(base: string): boolean {
  return base === 'precision' || base === 'recall' || base === 'f1';
}
