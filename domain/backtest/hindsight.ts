import { pastBlocks } from '../calendar/past-blocks.ts';
import { instantOf } from '../calendar/wall-time.ts';
import { type EventTime, eventTime, plusDays } from '../identity/event-time.ts';
import type { Version } from '../identity/names.ts';
import type { Partition } from '../ledger/entry.ts';
import { sliceOf } from '../ledger/slice-of.ts';
import { measurePerformance } from '../performance/measure-performance.ts';
import type { OutcomeDay } from '../performance/outcome-day.ts';
import { outcomeDays } from '../performance/outcome-days.ts';
import type { OutcomeScale } from '../performance/outcome-scale.ts';
import { worsening } from '../performance/outcome-sums.ts';
import { windowsOfDays } from '../performance/windows-of-days.ts';
import { levelAfter } from '../policy/drop.ts';
import type { Drop, MetricName, Policy } from '../policy/policy.ts';
import type { HindsightWindow, Look } from './backtest.ts';
import { labelWindow } from './label-window.ts';

/** By chance alone one window in twenty passes it, so the effect must be there as well. */
const chance = 0.05;

export interface AllLabels {
  /** Days of the baseline, with the outcomes that were known when it was taken. */
  readonly anchor: readonly Partition[];
  /** Every day, with every outcome that came in the end. */
  readonly days: readonly Partition[];
  readonly scale: OutcomeScale;
  /** Labels of days before it, in wall time, have matured in the end. */
  readonly maturedTo: EventTime;
}

/**
 * How the model did in each look's window, by every label that came in the end: degraded when the metric is worse than the baseline's by
 * the policy's drop or more, and by more than stable blocks of the baseline and of the time since explain (one-sided, p ≤ .05). Unknown
 * where labels have not matured, or where a look could not have judged as few.
 *
 * @param segment set where only the rows of this slice are asked, by its own limit
 *
 * Cost O(looks × days).
 */
export function hindsightOf(policy: Policy, looks: readonly Look[], all: AllLabels, segment?: string): HindsightWindow[] {
  const labels = segment === undefined ? all : { ...all, anchor: sliceOf(all.anchor, segment), days: sliceOf(all.days, segment) };
  const { metric, drop, segments } = policy.performance;
  const limit = (segment !== undefined && segments[segment]) || drop;
  const outcomesOf = outcomesByVersion(labels);
  return looks.map(({ asOf, window: seen, version }) => {
    const window = labelWindow(seen.to, policy.watch.windowDays);
    const due = plusDays(instantOf(window.to, policy.timezone), policy.labels.maturesAfterDays);
    const maturedAt = looks.find((later) => later.asOf >= due)?.asOf;
    const common = { asOf, window, ...(maturedAt && { maturedAt }) };
    if (window.to > labels.maturedTo) return { ...common, is: 'unknown', missing: 'labels that have matured' };
    return { ...common, ...judged(outcomesOf(version), window, { metric, limit, season: policy.baseline.season, scale: labels.scale }) };
  });
}

interface Outcomes {
  readonly anchor: readonly OutcomeDay[];
  readonly days: readonly OutcomeDay[];
}

/** Each version's days are made once, however many looks ask for them. */
function outcomesByVersion({ anchor, days }: AllLabels): (version: Version) => Outcomes {
  const made = new Map<Version, Outcomes>();
  return (version) => {
    const outcomes = made.get(version) ?? { anchor: outcomeDays(anchor, version), days: outcomeDays(days, version) };
    made.set(version, outcomes);
    return outcomes;
  };
}

interface Rules {
  readonly metric: MetricName;
  readonly limit: Drop;
  readonly season: Policy['baseline']['season'];
  readonly scale: OutcomeScale;
}

function judged({ anchor, days }: Outcomes, { from, to }: Look['window'], { metric, limit, season, scale }: Rules) {
  const inWindow = days.filter(({ day }) => day >= from.slice(0, 10) && day < to.slice(0, 10));
  const past = pastBlocks(season, { from, to });
  const endOfAnchor = anchor
    .map(({ day }) => day)
    .sort()
    .at(-1);
  const windows = endOfAnchor === undefined ? [] : windowsOfDays(days, past, { from, to }, plusDays(eventTime(endOfAnchor), 1));
  const later = { windows, alarmed: new Set<string>(), limit, level: chance };
  const measured = measurePerformance(metric, scale, anchor, inWindow, past, later);
  const { value, reference, test, missing } = measured;
  const lacking = missing ?? (reference === undefined ? 'outcomes in the baseline' : test.kind === 'none' ? test.missing : undefined);
  const known = { ...(value !== undefined && { value }), ...(reference !== undefined && { reference }) };
  if (value === undefined || reference === undefined || test.kind === 'none' || lacking !== undefined) {
    return { ...known, is: 'unknown', missing: lacking ?? 'a measurable metric' } as const;
  }
  const threshold = levelAfter(metric, reference, limit);
  const isDegraded = worsening(metric, value, threshold) >= 0 && test.pValue <= chance;
  return { ...known, threshold, pValue: test.pValue, is: isDegraded ? 'degraded' : 'steady' } as const;
}
