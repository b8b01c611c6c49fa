import type { Measure } from './measure.ts';
import type { MetricName } from './policy.ts';

/** The metric's name says which way it is better: `gain/clickThrough`, `cost/returns`. */
export function metricOfMeasure({ name, better }: Pick<Measure, 'name' | 'better'>): MetricName {
  return better === 'higher' ? `gain/${name}` : `cost/${name}`;
}
