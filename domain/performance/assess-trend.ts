import { likeDaysNeeded } from '../calendar/kind-of-day.ts';
import type { MetricName } from '../policy/policy.ts';
import type { Judgement } from '../report/report.ts';
import { sayNumber, sayP } from '../report/say-number.ts';
import { outcomesNeeded } from './lacking-outcomes.ts';
import { fewestBaselineWeeks, fewestShortWeeks, fewestWeeks, type Trend } from './measure-trend.ts';
import { metricInWords } from './metric-in-words.ts';
import { worsening } from './outcome-sums.ts';

export interface TrendStandards {
  readonly adjustedPValue: number;
  readonly level: number;
  /** Whether the policy retrains on it; otherwise it warns. */
  readonly critical: boolean;
}

/**
 * Judges whether the metric gets worse week by week: it fails when the line has led from its value in the first week (`reference`) to its
 * value in the last (`value`) as far as its limit, and the one-sided p-value of its slope, adjusted, is at most the level. The interval
 * is that of the last week's value, the first week's taken as it is. Getting better never fails.
 */
export function assessTrend(
  metric: MetricName,
  { weeks, rows, season, drawn }: Trend,
  { adjustedPValue, level, critical }: TrendStandards,
): Judgement {
  const common = {
    layer: 'performance',
    subject: metric,
    statistic: 'trend',
    critical,
    policyPath: '/performance/trend',
    statistics: { rows, weeks: weeks.length, ...(drawn ? { worsePerWeek: drawn.line.slope } : {}) },
  } as const;
  if (drawn === undefined) {
    const like = season === 'none' ? '' : `, each day with ${likeDaysNeeded(season)}`;
    const short = season === 'dayOfMonth' ? '' : `; or ${fewestShortWeeks} since a baseline of ${fewestBaselineWeeks}`;
    const missing = `${fewestWeeks} weeks with ${outcomesNeeded(metric)}${like}${short}`;
    const says = `${metricInWords(metric)} week by week cannot be judged: needs ${missing}.`;
    return { ...common, outcome: 'inconclusive', missing, says };
  }

  const { line, isShort, reference, value, interval, threshold, pValue } = drawn;
  const failed = line.slope > 0 && worsening(metric, value, threshold) >= 0 && adjustedPValue <= level;
  const along = `${weeks.length} weeks${isShort ? ' since the baseline' : ''}${season === 'none' ? '' : ', their season taken out'}`;
  return {
    ...common,
    outcome: failed ? 'fail' : 'pass',
    value,
    reference,
    interval,
    threshold,
    pValue,
    adjustedPValue,
    says: `${metricInWords(metric)} from ${sayNumber(reference)} to ${sayNumber(value)} along ${along} (alarm at ${sayNumber(threshold)}), p = ${sayP(adjustedPValue)}.`,
  };
}
