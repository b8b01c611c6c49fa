import type { NamedMetric } from './policy.ts';

/** A metric's name in its parts: what is measured, and of which class; of what is declared, which way it is better and its own name. */
export function metricParts(metric: string): { readonly base: NamedMetric | 'gain' | 'cost'; readonly of?: string } {
  const end = metric.indexOf('/');
  return end < 0 ? { base: metric as NamedMetric } : { base: metric.slice(0, end) as NamedMetric, of: metric.slice(end + 1) };
}
