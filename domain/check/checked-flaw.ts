import type { Judgement } from '../report/report.ts';
import { type QualityFlaw, verdictOf } from './check-report.ts';

/** What became of one flaw of a column. */
export function checkedFlaw(signal: Judgement): QualityFlaw {
  const { subject, statistic, outcome, statistics, threshold, pValue, pValueKind, adjustedPValue, says } = signal;
  return {
    column: subject,
    flaw: statistic,
    verdict: verdictOf[outcome],
    share: statistics.share ?? 0,
    shareInBaseline: statistics.shareInBaseline ?? 0,
    threshold: threshold ?? 0,
    ...(pValue !== undefined && { pValue }),
    ...(pValueKind !== undefined && { pValueKind }),
    ...(adjustedPValue !== undefined && { adjustedPValue }),
    says,
  };
}
