import { fewestLike, kindOfDay } from '../calendar/kind-of-day.ts';
import { addOutcomes } from '../ledger/add-counts.ts';
import type { MetricName, Policy } from '../policy/policy.ts';
import { comparisonOf } from './comparison.ts';
import { hasKinds } from './lacking-outcomes.ts';
import type { OutcomeDay } from './outcome-day.ts';
import type { OutcomeScale } from './outcome-scale.ts';

/**
 * How far the metric of days of one kind lies from that of all days, as the baseline has it, in the metric's unit: what a season alone makes of a
 * day. 0 without a season; undefined for a day that the baseline has too few like.
 *
 * It is the metric of all days of a kind together, so that days need not hold enough outcomes each.
 */
export function seasonOffsets(
  metric: MetricName,
  scale: OutcomeScale,
  anchor: readonly OutcomeDay[],
  season: Policy['baseline']['season'],
): (day: string) => number | undefined {
  if (season === 'none') return () => 0;
  const comparison = comparisonOf(metric, scale);
  const whole = comparison.metricOf(anchor.map(({ outcomes }) => outcomes));
  const kinds = [...new Set(anchor.map(({ day }) => kindOfDay(season, day)))];
  const offsets = new Map(
    kinds.flatMap((kind) => {
      const outcomes = anchor.filter(({ day }) => kindOfDay(season, day) === kind).map((day) => day.outcomes);
      const isEnough = outcomes.length >= fewestLike && hasKinds(metric, outcomes.reduce(addOutcomes));
      const value = isEnough ? comparison.metricOf(outcomes) : undefined;
      return value === undefined || whole === undefined ? [] : [[kind, value - whole] as const];
    }),
  );
  return (day) => offsets.get(kindOfDay(season, day));
}
