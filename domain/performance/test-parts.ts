import type { PastTest } from '../drift/past-rule.ts';
import type { OutcomeCounts } from '../ledger/entry.ts';
import { differenceOfEstimates, type Estimate } from '../statistics/difference-of-estimates.ts';
import { tQuantile } from '../statistics/t-quantile.ts';
import type { Comparison } from './comparison.ts';

/**
 * Is the metric worse in the window than in the baseline, where rows are independent and both samples were dealt out over random parts? Each loss
 * is as sure as its parts are alike: by how ratios differ, or by the jackknife.
 *
 * Cost that of two intervals.
 */
export function testParts(comparison: Comparison, baseline: readonly OutcomeCounts[], window: readonly OutcomeCounts[]): PastTest {
  const [before, now] = [lossOf(comparison, baseline), lossOf(comparison, window)];
  if (before === undefined || now === undefined) return { kind: 'none', missing: 'two rows or more in baseline and window' };
  return { kind: 'independentRows', pValue: differenceOfEstimates(before, now).pGreater };
}

function lossOf({ rowsOf, intervalOf }: Comparison, parts: readonly OutcomeCounts[]): Estimate | undefined {
  const ends = intervalOf(parts);
  const degrees = parts.filter((part) => rowsOf([part]) > 0).length - 1;
  if (ends === undefined || degrees < 1) return undefined;
  return { value: (ends[0] + ends[1]) / 2, standardError: (ends[1] - ends[0]) / 2 / tQuantile(0.025, degrees), degrees };
}
