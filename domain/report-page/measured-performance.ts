import type { CheckedPerformance } from '../check/check-report.ts';
import { fairnessSubjectInWords } from '../performance/fairness-in-words.ts';
import { metricInWords } from '../performance/metric-in-words.ts';
import type { Certainty, Measured, Segment } from './page.ts';

const rules: Readonly<Record<string, string>> = {
  drop: 'window against the baseline',
  sudden: 'newest days against steady days',
  floor: 'hard limit',
  trend: 'week by week',
  change: 'evidence of a change, day by day',
  fairness: 'furthest apart of the groups',
  estimate: 'newest rows, estimated before their outcomes are known',
};

/** One rule of performance over all rows, for readers. */
export function measuredPerformance(performance: CheckedPerformance): Measured {
  const { metric, rule, verdict, value, threshold, interval, statistics, says } = performance;
  return {
    metric: rule === 'fairness' ? fairnessSubjectInWords(metric) : metricInWords(metric),
    rule: rules[rule] ?? rule,
    verdict,
    ...(value !== undefined && { value }),
    ...referenceOf(performance),
    ...(threshold !== undefined && { threshold }),
    ...(interval && { interval }),
    ...certainty(performance),
    statistics,
    says,
  };
}

/** The same in one part of the rows. */
export function measuredInSegment(performance: CheckedPerformance): NonNullable<Segment['performance']> {
  const { metric, verdict, value, reference, threshold, interval, adjustedPValue, missing, critical, statistics } = performance;
  return {
    metric: metricInWords(metric),
    verdict,
    decides: critical,
    ...(statistics.rows !== undefined && { rows: statistics.rows }),
    ...(value !== undefined && { value }),
    ...(reference !== undefined && { reference }),
    ...(threshold !== undefined && { threshold }),
    ...(interval && { interval }),
    ...(adjustedPValue !== undefined && { adjustedPValue }),
    ...(statistics.behindBest !== undefined && { behindBest: statistics.behindBest }),
    ...(missing !== undefined && { reason: `needs ${missing}` }),
  };
}

/** What it was before: of groups, how far they were apart in the baseline; the reference they are judged by is to be not apart at all. */
function referenceOf({ rule, reference, statistics }: CheckedPerformance): Pick<Measured, 'reference'> {
  const before = rule === 'fairness' ? statistics.differenceInBaseline : reference;
  return before === undefined ? {} : { reference: before };
}

function certainty({ pValue, adjustedPValue }: CheckedPerformance): Certainty {
  return { ...(pValue !== undefined && { pValue }), ...(adjustedPValue !== undefined && { adjustedPValue }) };
}
