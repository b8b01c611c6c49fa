import type { Report } from './report.ts';

/** The figures of a report that are worth a curve over time: `production.<metric>`, and how many columns moved. */
export function reportMetrics({ signals }: Report): Record<string, number> {
  const whole = signals.filter(({ segment }) => segment === undefined);
  const metrics: Record<string, number> = {
    'production.columns-moved': whole.filter(({ layer, outcome }) => layer === 'inputs' && outcome === 'fail').length,
  };
  for (const { layer, statistic, subject, value } of whole) {
    if (layer === 'performance' && statistic === 'drop' && value !== undefined) metrics[`production.${subject}`] = value;
  }
  return metrics;
}
