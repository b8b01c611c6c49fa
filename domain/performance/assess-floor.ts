import type { Judgement } from '../report/report.ts';
import { sayNumber } from '../report/say-number.ts';
import type { PerformanceMeasure } from './measure-performance.ts';
import { metricInWords } from './metric-in-words.ts';
import { worsening } from './outcome-sums.ts';

/** A hard limit: no test, only enough rows. The largest acceptable value of an error, the smallest of any other metric. */
export function assessFloor(measured: PerformanceMeasure, floor: number): Judgement {
  const { metric, value, rows } = measured;
  const common = {
    layer: 'performance',
    subject: metric,
    statistic: 'floor',
    threshold: floor,
    critical: true,
    policyPath: '/performance/floor',
    statistics: { rows },
  } as const;
  if (value === undefined || measured.missing !== undefined) {
    const missing = measured.missing ?? 'a measurable metric';
    return {
      ...common,
      outcome: 'inconclusive',
      missing,
      says: `${metricInWords(metric)} cannot be held against its limit: needs ${missing}.`,
    };
  }
  const failed = worsening(metric, value, floor) > 0;
  return {
    ...common,
    value,
    outcome: failed ? 'fail' : 'pass',
    says: `${metricInWords(metric)} ${sayNumber(value)}, hard limit ${sayNumber(floor)}.`,
  };
}
