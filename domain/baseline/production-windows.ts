import { type EventTime, eventTime, plusDays } from '../identity/event-time.ts';
import type { PredictedDay } from '../ledger/counting.port.ts';
import type { Policy } from '../policy/policy.ts';
import type { TimeSpan } from '../report/assessment-input.ts';

export type ProductionWindows =
  | { readonly outcome: 'pass'; readonly windows: readonly [TimeSpan, ...TimeSpan[]] }
  | { readonly outcome: 'inconclusive'; readonly says: string };

/**
 * Where a baseline can be taken from: stretches of `policy.baseline.windowDays` of a model's own traffic, in whole days [from, to)
 * of the policy's wall time. The
 * first begins with its first day, each other one a check's window later. Inconclusive while predictions do not reach the first one's
 * end, or its labels have not had their time to mature.
 *
 * @param since a day of which nothing earlier belongs to the traffic that is meant
 */
export function productionWindows(policy: Policy, days: readonly PredictedDay[], asOf: EventTime, since?: EventTime): ProductionWindows {
  const { windowDays } = policy.baseline;
  const names = days
    .map(({ day }) => day.slice(0, 10))
    .filter((day) => since === undefined || eventTime(day) >= since)
    .sort();
  const [first, last] = [names[0], names.at(-1)];
  if (first === undefined || last === undefined) {
    return { outcome: 'inconclusive', says: `No predictions were known by ${asOf}. Check where the policy's sources look for them.` };
  }
  const reached = earlier(plusDays(eventTime(last), 1), asOf);
  const matured = policy.sources.outcomes === undefined ? asOf : plusDays(asOf, -policy.labels.maturesAfterDays);
  const [earliest, ...later] = windowsUntil(eventTime(first), windowDays, policy.watch.windowDays, earlier(reached, matured));
  if (earliest !== undefined) return { outcome: 'pass', windows: [earliest, ...later] };

  const to = plusDays(eventTime(first), windowDays);
  if (reached < to) {
    return {
      outcome: 'inconclusive',
      says: `Predictions reach from ${first} to ${last}; a baseline needs ${windowDays} days, until ${to.slice(0, 10)}.`,
    };
  }
  return {
    outcome: 'inconclusive',
    says: `The labels of the baseline's last day mature at ${plusDays(to, policy.labels.maturesAfterDays)}; as of ${asOf} they are not all known.`,
  };
}

function windowsUntil(first: EventTime, length: number, step: number, end: EventTime): TimeSpan[] {
  const windows: TimeSpan[] = [];
  for (let from = first; plusDays(from, length) <= end; from = plusDays(from, Math.max(1, Math.round(step))))
    windows.push({ from, to: plusDays(from, length) });
  return windows;
}

function earlier(one: EventTime, other: EventTime): EventTime {
  return one < other ? one : other;
}
