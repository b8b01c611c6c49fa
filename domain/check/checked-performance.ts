import type { Judgement } from '../report/report.ts';
import { type CheckedPerformance, verdictOf } from './check-report.ts';

/** What became of one rule of performance. */
export function checkedPerformance(judgement: Judgement): CheckedPerformance {
  const { subject, statistic, segment, outcome, critical, value, reference, threshold, interval } = judgement;
  const { pValue, pValueKind, adjustedPValue, statistics, missing, says } = judgement;
  return {
    metric: subject,
    rule: statistic,
    ...(segment !== undefined && { segment }),
    verdict: verdictOf[outcome],
    critical,
    ...(value !== undefined && { value }),
    ...(reference !== undefined && { reference }),
    ...(threshold !== undefined && { threshold }),
    ...(interval && { interval }),
    ...(pValue !== undefined && { pValue }),
    ...(pValueKind !== undefined && { pValueKind }),
    ...(adjustedPValue !== undefined && { adjustedPValue }),
    statistics,
    ...(missing !== undefined && { missing }),
    says,
  };
}
