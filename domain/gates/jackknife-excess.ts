import { addOutcomes } from '../ledger/add-counts.ts';
import type { OutcomeCounts } from '../ledger/entry.ts';
import { comparisonOf } from '../performance/comparison.ts';
import { hasKinds, outcomesNeeded } from '../performance/lacking-outcomes.ts';
import { worsening } from '../performance/outcome-sums.ts';
import type { Drop, MetricName } from '../policy/policy.ts';
import { jackknifeInterval } from '../statistics/jackknife-interval.ts';
import { countRows } from './count-rows.ts';
import type { GatedTask } from './gated-task.ts';
import type { PairedRows } from './paired-days.ts';
import { queriesLacking } from './queries-lacking.ts';

/** Two versions by a metric of summed rows. */
export interface SummedExcess {
  readonly candidate: number;
  readonly champion: number;
  /** How much worse the margin allows the candidate to be, in the metric's unit. */
  readonly allowed: number;
  /** 95% interval of how much worse the candidate is than allowed; absent where leaving out a day leaves nothing to measure. */
  readonly interval?: readonly [number, number];
}

interface Pair {
  readonly candidate: OutcomeCounts;
  readonly champion: OutcomeCounts;
}

/**
 * How much worse the candidate is than the margin allows, by a metric that is no mean of single rows: an area under a curve ranks rows of
 * different days too. The interval is of the difference itself, by leaving out one day of both versions at a time, so what makes a day
 * hard for both does not widen it.
 *
 * @param days at least two, rows paired
 * @returns what the rows lack, where the metric cannot be had of them
 *
 * Cost O(rows log rows), and days times the counts.
 */
export function jackknifeExcess(
  metric: MetricName,
  days: readonly PairedRows[],
  margin: Drop,
  task: GatedTask = {},
): SummedExcess | string {
  const [candidates, champions] = (['candidate', 'champion'] as const).map((side) => {
    const { counts, scale } = countRows(
      metric,
      days.map((day) => day[side]),
      task,
    );
    return { counts, measure: (sum: OutcomeCounts) => comparisonOf(metric, scale).metricOf([sum]) };
  }) as [Side, Side];
  const pairs = candidates.counts.map((candidate, day): Pair => ({ candidate, champion: champions.counts[day] as OutcomeCounts }));
  const all = pairs.reduce(addPairs);
  const lacking = queriesLacking(metric, all.candidate);
  if (lacking !== undefined) return lacking;
  if (!hasKinds(metric, all.candidate)) return outcomesNeeded(metric);
  const [candidate, champion] = [candidates.measure(all.candidate), champions.measure(all.champion)];
  if (candidate === undefined || champion === undefined) return 'outcomes that differ';

  const allowedOf = (reference: number) => (margin.of === 'points' ? margin.by : margin.by * Math.abs(reference));
  const found = jackknifeInterval(pairs, addPairs, (sum) => {
    const [one, other] = [candidates.measure(sum.candidate), champions.measure(sum.champion)];
    return one === undefined || other === undefined ? undefined : worsening(metric, one, other) - allowedOf(other);
  });
  return { candidate, champion, allowed: allowedOf(champion), ...(found && { interval: found.interval }) };
}

interface Side {
  readonly counts: readonly OutcomeCounts[];
  measure(sum: OutcomeCounts): number | undefined;
}

function addPairs(one: Pair, other: Pair): Pair {
  return { candidate: addOutcomes(one.candidate, other.candidate), champion: addOutcomes(one.champion, other.champion) };
}
