import type { Judgement } from '../report/report.ts';
import { type CheckedSegment, verdictOf } from './check-report.ts';

/** What became of a column in a slice; nothing of one of all rows. */
export function checkedSegment({
  segment,
  subject,
  outcome,
  statistic,
  value,
  threshold,
  adjustedPValue,
  says,
}: Judgement): CheckedSegment[] {
  if (segment === undefined) return [];
  return [
    {
      segment,
      column: subject,
      verdict: verdictOf[outcome],
      ...(value !== undefined && threshold !== undefined && { effect: { statistic, value, threshold } }),
      ...(adjustedPValue !== undefined && { adjustedPValue }),
      says,
    },
  ];
}
